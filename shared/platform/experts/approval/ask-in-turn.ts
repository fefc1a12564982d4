import type { CallToolResult } from '@modelcontextprotocol/server';
import { monotonicNow } from '../../clock.ts';
import { thinkingTime } from '../../mcp/elicitation.ts';
import type { OperationRequest } from '../../mcp/operation-request.ts';
import { type Answer, failed } from '../../mcp/pipeline/answer.ts';
import type { Operation } from '../../mcp/pipeline/operation.ts';
import type { ToolResult } from '../../mcp/tool-answer.ts';
import type { ConversationStore, ProposedAction, StoredConversation } from '../ports.ts';
import { carryOut, type Means } from './carry-out.ts';
import { changesOf, decisionOf, nextToAsk } from './changes.ts';
import { type Report, toResult } from './report.ts';
import { type Close, type Kept, keepDecision, withClosing } from './with-closing.ts';

export const nothingWaits =
  'No change waits in this conversation any more: it was decided before, or the conversation went on. Nothing was done now; ask the expert how things are.';

/** Nobody reads and answers a question in less, in milliseconds. */
const leastTime = 5_000;
/** What a model may take after all were asked, at least, in milliseconds: gateways give a request up at some time. */
const closingTime = 10_000;

export interface Asking {
  readonly id: string;
  readonly request: OperationRequest;
  readonly conversations: ConversationStore;
  readonly means: Means & { readonly close?: Close | undefined };
}

/**
 * Puts the changes that wait to the person, one after the other. A client that carries questions there and back is asked
 * the next one; any other is asked all within the call, as long as one question may take.
 * @returns the answer as it is when nobody could be asked after all
 */
export async function askInTurn(
  operation: Operation<CallToolResult>,
  answer: Answer<CallToolResult>,
  asking: Asking,
): Promise<Answer<ToolResult>> {
  const { id, conversations } = asking;
  const until = monotonicNow() + thinkingTime;
  let latest: Kept | undefined;
  for (;;) {
    const left = until - monotonicNow();
    if (latest !== undefined && (nextToAsk(latest.changes) === undefined || left < leastTime)) {
      break;
    }
    const stored = await conversations.load(id);
    const changes = changesOf(stored);
    const change = nextToAsk(changes);
    if (change === undefined) {
      break;
    }
    const { outcome, wentOn } = await put(change, stored, left, asking);
    if (outcome.kind === 'asks') {
      return outcome;
    }
    if (wentOn) {
      return failed('conflict', nothingWaits);
    }
    if (outcome.kind === 'failed' && outcome.code === 'confirmation_required') {
      break;
    }
    latest = await keepDecision({ changes, stored }, decisionOf(outcome, change), conversations);
  }
  return latest === undefined ? answer : await told(operation, latest, until + closingTime, asking);
}

/** The answer; with a model, as a call of its own, so that what it uses is on record. */
export async function told(
  operation: Operation<CallToolResult>,
  kept: Kept,
  until: number,
  { request, conversations, means: { run, close } }: Asking,
): Promise<Answer<ToolResult>> {
  const { report, changes, stored } = kept;
  const resultWith = (said: Report) => toResult(operation.name, said, changes, stored);
  if (close !== undefined) {
    const closing: typeof operation = {
      ...operation,
      async run(_input, call) {
        const left = until - monotonicNow();
        return resultWith(await withClosing(kept, call, conversations, close, left));
      },
    };
    const answer = await run(closing, request);
    if (answer.kind === 'done') {
      return answer;
    }
  }
  return { kind: 'done', result: resultWith(report) };
}

/**
 * Puts a change to the person, and makes it after a yes.
 * @param left milliseconds that the person may take
 */
export async function put(
  change: ProposedAction,
  { id, etag }: StoredConversation,
  left: number,
  { request, conversations, means }: Asking,
) {
  let wentOn = false;
  const { elicit } = request;
  const outcome = await carryOut(
    change,
    {
      ...request,
      conversation: { id, etag },
      ...(elicit && {
        async elicit(question) {
          const said = await elicit(question, left);
          wentOn = (await conversations.load(id)).etag !== etag;
          return wentOn ? undefined : said;
        },
      }),
    },
    means,
  );
  return { outcome, wentOn };
}
