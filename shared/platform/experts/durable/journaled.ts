import { Conflict } from '../../errors.ts';
import { canonicalJson } from '../../json/canonical.ts';
import type { QuestionBudget } from '../budget/question-budget.ts';
import type { ChatModel, ConversationStore, ExpertToolbox } from '../ports.ts';
import { isHandTool } from '../team/hand-over.ts';
import type { Router } from '../team/router.ts';
import { currentJournal } from './journal.ts';

/** A model whose turns are made once in a run; outside of one it is the model itself. */
export function journaledModel(model: ChatModel): ChatModel {
  return {
    async complete(request, signal) {
      const { domain, messages, last } = request;
      const ask = () => model.complete(request, signal);
      return (await currentJournal()?.remember('turn', { domain, messages, last }, ask)) ?? (await ask());
    },
  };
}

/**
 * A toolbox whose calls are made once in a run. What is handed to another expert is a run within the run, of which each
 * turn and each call is made once.
 */
export function journaledToolbox(toolbox: ExpertToolbox): ExpertToolbox {
  return {
    ...toolbox,
    async call(name, args, signal, progress) {
      const call = () => toolbox.call(name, args, signal, progress);
      const journal = isHandTool(name) ? undefined : currentJournal();
      return journal === undefined ? await call() : await journal.remember('tool', { name, args }, call);
    },
  };
}

/** A router that is asked once in a run. */
export function journaledRouter(router: Router): Router {
  return {
    route(question, experts, signal) {
      const route = () => router.route(question, experts, signal);
      return currentJournal()?.remember('route', question, route) ?? route();
    },
  };
}

/** Conversations that a run reads once and writes once. */
export function journaledConversations(store: ConversationStore): ConversationStore {
  return {
    load: (id) => currentJournal()?.remember('load', id, () => store.load(id)) ?? store.load(id),
    create: (conversation) =>
      currentJournal()?.remember('create', conversation, () => store.create(conversation)) ??
      store.create(conversation),
    async save(stored, conversation) {
      const journal = currentJournal();
      if (journal === undefined) {
        await store.save(stored, conversation);
        return;
      }
      await journal.remember('save', conversation, async () => {
        await store.save(stored, conversation).catch(async (error: unknown) => {
          // The process may have ended between saving and writing that down.
          const { conversation: now } = await store.load(stored.id);
          if (!(error instanceof Conflict) || canonicalJson(now) !== canonicalJson(conversation)) {
            throw error;
          }
        });
        return true;
      });
    },
  };
}

/** A budget in which a run counts as one question. */
export function journaledBudget(budget: QuestionBudget): QuestionBudget {
  return {
    ...budget,
    async begin(caller) {
      const journal = currentJournal();
      if (journal === undefined) {
        return await budget.begin(caller);
      }
      const { day, tokensLeft } = await journal.remember('budget', caller.user, async () => {
        const counted = await budget.begin(caller);
        return { day: counted.day, tokensLeft: finite(counted.tokensLeft) };
      });
      return budget.resume(caller, day, tokensLeft ?? Number.POSITIVE_INFINITY);
    },
  };
}

/** JSON knows no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
