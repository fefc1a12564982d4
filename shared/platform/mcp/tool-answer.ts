import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { visible } from '../format-controls.ts';
import { challengeText, type SignInChallenge } from '../identity/challenges.ts';
import { nowPresented } from '../identity/presented.ts';
import { type Labels, labelsOf, metaWith } from './definitions/labels.ts';
import type { AnyTool } from './definitions/tool.ts';
import type { Answer, Failed } from './pipeline/answer.ts';

/** Where the result of a call that failed says its code. */
export const failureMeta = 'failure';
/** Where a result says what its client has to sign in for, as hosts of OpenAI's Apps SDK read it. */
const signInMeta = 'mcp/www_authenticate';

/** What a call of a tool may end with: a result, or a question to the user that the client carries there and back. */
export type ToolResult = CallToolResult | InputRequiredResult;

/** How the results of calls that failed are written. */
export interface FailureForm {
  /** They say the code, for pages that tell what was refused from what failed. */
  readonly tellsCodes?: true;
}

/** An answer as `tools/call` gives it. */
export function toolAnswer(answer: Answer<ToolResult>, form: FailureForm): ToolResult {
  switch (answer.kind) {
    case 'done':
      return answer.result;
    case 'asks':
      return answer.question;
    case 'failed':
      return failedResult(answer, form);
  }
}

function failedResult({ sentence, code, challenge }: Failed, { tellsCodes }: FailureForm): CallToolResult {
  const _meta = {
    ...(challenge && { [signInMeta]: [challenged(challenge)] }),
    ...(tellsCodes && { [failureMeta]: code }),
  };
  return Object.keys(_meta).length === 0 ? failure(sentence) : { ...failure(sentence), _meta };
}

/** What a call of the tool answers. @param result as its output schema lets it out */
export function resultOfTool({ summary, labels }: AnyTool, result: Record<string, unknown>): CallToolResult {
  return success(summary(result), result, labelsOf(labels, result));
}

/**
 * The readable sentence, the same data as JSON text for clients that do not read structured content
 * (MCP 2025-11-25, tools, "structured content"), and the structured content itself. What is read as text has no hidden
 * characters; the structured content is the data as they are. `_meta.ifc` says how far all of it can be relied on, and who may
 * see it.
 */
export function success(summary: string, result: Record<string, unknown>, labels: Labels): CallToolResult {
  return new Success(summary, result, labels) as unknown as CallToolResult;
}

/** A result, and the JSON of what is in it: of it alone, whatever else is copied from it. */
class Success {
  readonly content: CallToolResult['content'];
  readonly structuredContent: Readonly<Record<string, unknown>>;
  readonly _meta: CallToolResult['_meta'];
  /** Of the structured content: made for those who read text, and wanted once more when the answer is written. */
  readonly #json: string;

  constructor(summary: string, result: Readonly<Record<string, unknown>>, labels: Labels) {
    this.#json = JSON.stringify(result);
    this.content = [
      { type: 'text', text: visible(summary) },
      { type: 'text', text: visible(this.#json) },
    ];
    this.structuredContent = result;
    this._meta = metaWith(labels);
  }

  static jsonIn(result: object): string | undefined {
    return #json in result ? result.#json : undefined;
  }
}

/**
 * A result as `JSON.stringify` writes it. Its structured content must be as it was when it was made.
 * @param more members that it gets besides, or instead of its own
 */
export function jsonOfResult(result: ToolResult, more: Readonly<Record<string, unknown>> = {}): string {
  const structured = Success.jsonIn(result);
  const whole: Readonly<Record<string, unknown>> = { ...result, ...more };
  if (structured === undefined) {
    return JSON.stringify(whole);
  }
  const members: string[] = [];
  for (const name in whole) {
    const json = name === 'structuredContent' ? structured : JSON.stringify(whole[name]);
    members.push(`"${name}":${json}`);
  }
  return `{${members.join(',')}}`;
}

/** The readable sentence of a result; empty when it begins with something else. */
export function sentenceOf({ content: [first] }: CallToolResult): string {
  return first?.type === 'text' ? first.text : '';
}

/** For this result and, as long as it is not under way, for the whole answer to the request. */
function challenged(challenge: SignInChallenge): string {
  const presented = nowPresented();
  if (presented !== undefined) {
    presented.challenge = challenge;
  }
  return challengeText(challenge, presented?.resourceMetadata);
}

/** A failure as the model reads it: one sentence, no structured content. */
export function failure(sentence: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: visible(sentence) }] };
}
