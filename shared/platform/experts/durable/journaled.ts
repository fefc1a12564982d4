import { Conflict } from '../../errors.ts';
import { canonicalJson } from '../../json/canonical.ts';
import { hashed } from '../../storage/keys.ts';
import type { QuestionBudget } from '../budget/question-budget.ts';
import type { ChatModel, ConversationStore, ExpertToolbox, ModelTurn } from '../ports.ts';
import { isHandTool } from '../team/hand-over.ts';
import type { Router } from '../team/router.ts';
import { currentJournal } from './journal.ts';

/** Does work once in a run, and every time outside of one. */
async function once<T>(kind: string, what: unknown, work: () => Promise<T>): Promise<T> {
  return await (currentJournal()?.remember(kind, what, work) ?? work());
}

/** Written down with what its model alone goes on from. */
type JournaledTurn = ModelTurn & { readonly recall?: unknown };

/** A model whose turns are made once in a run; outside of one it is the model itself. */
export function journaledModel(model: ChatModel): ChatModel {
  return {
    async complete(request, signal) {
      const { domain, messages, last } = request;
      const made: JournaledTurn = await once('turn', { domain, messages, last }, async () => {
        const turn = await model.complete(request, signal);
        const recall = model.recall?.of(turn);
        return { ...turn, ...(recall !== undefined && { recall }) };
      });
      const { recall, ...turn } = made;
      if (recall !== undefined) {
        model.recall?.restore(turn, recall);
      }
      return turn;
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
    call(name, args, signal, progress, wish) {
      const call = () => toolbox.call(name, args, signal, progress, wish);
      return isHandTool(name) ? call() : once('tool', { name, args }, call);
    },
  };
}

/** A router that is asked once in a run. */
export function journaledRouter(router: Router): Router {
  return {
    route: (question, experts, signal) =>
      once('route', question, () => router.route(question, experts, signal)),
  };
}

/** Conversations that a run reads once and writes once. */
export function journaledConversations(store: ConversationStore): ConversationStore {
  return {
    load: (id) => once('load', id, () => store.load(id)),
    create: (conversation) => once('create', conversation, () => store.create(conversation)),
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
    async begin(caller, repeatable) {
      const journal = currentJournal();
      if (journal === undefined) {
        return await budget.begin(caller, repeatable);
      }
      const { askedAt } = journal;
      const { day, tokensLeft } = await journal.remember('budget', caller.user, async (key) => {
        // The process may end between counting and writing that down.
        const counted = await budget.begin(caller, { name: hashed(`${journal.run} ${key}`), askedAt });
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
