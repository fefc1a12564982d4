import type { CallToolResult } from '@modelcontextprotocol/server';
import { endpointOfExpert } from '../../access/exposure.ts';
import { Conflict } from '../../errors.ts';
import type { ToolCall } from '../../mcp/definitions/tool.ts';
import type { OperationRequest, RunOperation } from '../../mcp/operation-request.ts';
import { type Answer, failed } from '../../mcp/pipeline/answer.ts';
import type { ConfirmationState, ConversationMark } from '../../mcp/pipeline/invocation.ts';
import type { Operation } from '../../mcp/pipeline/operation.ts';
import type { ToolRegistry } from '../../mcp/registry.ts';
import type { Approval } from '../../mcp/surface.ts';
import type { ToolResult } from '../../mcp/tool-answer.ts';
import type { ConversationStore, ProposedAction, StoredConversation } from '../ports.ts';
import { conversationToGoOn } from './go-on.ts';
import { type Decided, decidedBy, reported } from './report.ts';

const nothingWaits =
  'No change waits in this conversation any more: it was decided before, or the conversation went on. Nothing was done now; ask the expert how things are.';

export interface ApprovalOptions {
  readonly run: RunOperation;
  /** Everything that an expert may propose. */
  readonly registry: ToolRegistry;
  readonly conversationsFor: (call: Pick<ToolCall, 'principal'>) => ConversationStore;
  /** Names of the tools through which experts are asked. */
  readonly askTools: readonly string[];
  /** Whether a client that can be asked is asked; otherwise changes are only proposed. */
  readonly asksClients: boolean;
}

/**
 * Lets the person decide on what an expert proposes, within the question: a client that can ask its user is asked, and
 * after a yes the change runs, through the same steps as every call. Any other client gets the proposal, and a call with
 * which the conversation goes on once it was carried out.
 */
export function approvals(options: ApprovalOptions): Approval {
  const { askTools, asksClients } = options;
  return {
    decision(operation, request) {
      if (!askTools.includes(operation.name)) {
        return undefined;
      }
      const asked = request.context.mcpReq.requestState<ConfirmationState>()?.conversation;
      if (asked !== undefined) {
        return deciding(operation, asked.id, options, answered(asked, request, options));
      }
      const done = conversationToGoOn(request.arguments);
      return done === undefined ? undefined : deciding(operation, done, options, goingOn(request, options));
    },
    async settle(operation, result, request) {
      const answer = { kind: 'done', result } as const;
      const id = askTools.includes(operation.name) ? waitsIn(result) : undefined;
      return id === undefined || !asksClients || !request.canAsk
        ? answer
        : await ask(operation, answer, id, request, options);
    },
  };
}

/** The conversation in which a change waits for its caller. */
function waitsIn({ structuredContent }: CallToolResult): string | undefined {
  const said = structuredContent as
    | { readonly continue?: unknown; readonly conversation_id?: unknown }
    | undefined;
  return said?.continue === undefined ? undefined : String(said.conversation_id);
}

/** Puts the first change that waits to the person. Who cannot be asked after all gets the answer as it is. */
async function ask(
  operation: Operation<CallToolResult>,
  answer: Answer<CallToolResult>,
  id: string,
  request: OperationRequest,
  options: ApprovalOptions,
): Promise<Answer<ToolResult>> {
  const conversations = options.conversationsFor(request);
  const stored = await conversations.load(id);
  const { change, others } = waitingIn(stored);
  const { etag } = stored;
  let wentOn = false;
  const { elicit } = request;
  const outcome = await carryOut(
    change,
    {
      ...request,
      conversation: { id, etag },
      ...(elicit && {
        async elicit(question) {
          const said = await elicit(question);
          wentOn = (await conversations.load(id)).etag !== etag;
          return wentOn ? undefined : said;
        },
      }),
    },
    options,
  );
  if (outcome.kind === 'asks') {
    return outcome;
  }
  if (wentOn) {
    return failed('conflict', nothingWaits);
  }
  if (outcome.kind === 'failed' && outcome.code === 'confirmation_required') {
    return answer;
  }
  const decided = decidedBy(outcome, change, others);
  return { kind: 'done', result: await reported(operation.name, decided, stored, conversations) };
}

/** What becomes of the changes that wait in a conversation. */
type Decide = (stored: StoredConversation, call: ToolCall) => Promise<Decided>;

/** The tool's own call, which decides on what waits and does nothing else. */
function deciding(
  operation: Operation<CallToolResult>,
  id: string,
  { conversationsFor }: ApprovalOptions,
  decide: Decide,
): Operation<CallToolResult> {
  return {
    ...operation,
    async run(_input, call) {
      const conversations = conversationsFor(call);
      const stored = await conversations.load(id);
      return await reported(operation.name, await decide(stored, call), stored, conversations);
    },
  };
}

/** The question again, with the person's answer: what runs is the change, and nothing of the question. */
function answered({ etag }: ConversationMark, request: OperationRequest, options: ApprovalOptions): Decide {
  return async (stored) => {
    if (stored.etag !== etag) {
      throw new Conflict(nothingWaits);
    }
    const { change, others } = waitingIn(stored);
    return decidedBy(await carryOut(change, request, options), change, others);
  };
}

/** Says what became of the changes that waited; looks, and carries nothing out. */
function goingOn(request: OperationRequest, options: ApprovalOptions): Decide {
  return async (stored, call) => {
    const { change, others } = waitingIn(stored);
    const sentences: string[] = [];
    const waiting: ProposedAction[] = [];
    for (const one of [change, ...others]) {
      if (await wasCarriedOut(one, call, options.registry)) {
        const { answer } = decidedBy(await carryOut(one, { ...request, canAsk: false }, options), one, []);
        sentences.push(answer);
      } else {
        sentences.push(`Not done yet: ${one.description}`);
        waiting.push(one);
      }
    }
    const status = waiting.length === 0 ? 'done' : 'needs_input';
    return { status, answer: sentences.join('\n'), waiting };
  };
}

/** @throws Conflict when nothing waits there any more */
function waitingIn({ conversation }: StoredConversation) {
  const [change, ...others] = conversation.turns.at(-1)?.waiting ?? [];
  if (change === undefined) {
    throw new Conflict(nothingWaits);
  }
  return { change, others };
}

/** Runs the change as the expert's call, with whatever the person has answered. */
async function carryOut(
  { tool, domain, arguments: args }: ProposedAction,
  request: OperationRequest,
  { run, registry }: ApprovalOptions,
): Promise<Answer<ToolResult>> {
  const found = registry.find(tool);
  return found === undefined
    ? { kind: 'failed', code: 'not_found', sentence: 'There is no such tool any more.' }
    : await run(found.operation, {
        ...request,
        by: 'expert',
        endpoint: endpointOfExpert(domain),
        arguments: args,
      });
}

async function wasCarriedOut(
  { tool, arguments: args }: ProposedAction,
  call: ToolCall,
  registry: ToolRegistry,
): Promise<boolean> {
  const found = registry.find(tool);
  const { data } = found?.operation.input.safeParse(args) ?? {};
  // a call of its own: what is read ahead for one is not for another
  return data !== undefined && (await found?.thing.isRepetition?.(data, { ...call })) === true;
}
