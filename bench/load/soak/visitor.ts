import { setTimeout as wait } from 'node:timers/promises';
import type { JsonObject } from '#platform/mcp/message/json-object';
import type { Visit } from './visits.ts';

/** How a visit ended. */
export interface Ended {
  readonly kind: string;
  /** `answered`: with a result. `told`: storage was in trouble, and the answer says to try again. `lost`, `wrong`: never. */
  readonly outcome: 'answered' | 'told' | 'lost' | 'wrong';
  /** Of the last try. */
  readonly milliseconds: number;
  /** What was wrong. */
  readonly detail?: string;
}

/** Times that something under a key is sent again, with a pause between. */
const mostTries = 60;
const pauseMs = 500;

export async function pay(
  origin: string,
  visit: Visit,
  authorization: Readonly<Record<string, string>>,
): Promise<Ended> {
  for (let tries = 1; ; tries += 1) {
    const ended = await once(origin, visit, authorization);
    const again = visit.isRepeated && ended.outcome !== 'answered' && ended.outcome !== 'wrong';
    if (!again || tries === mostTries) {
      return again ? { ...ended, outcome: 'lost' } : ended;
    }
    await wait(pauseMs);
  }
}

async function once(
  origin: string,
  { kind, path, message, wrong }: Visit,
  authorization: Readonly<Record<string, string>>,
): Promise<Ended> {
  const begun = performance.now();
  const end = (outcome: Ended['outcome'], detail?: string): Ended => ({
    kind,
    outcome,
    milliseconds: performance.now() - begun,
    ...(detail !== undefined && { detail }),
  });
  try {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { ...message.headers, ...authorization },
      body: message.body,
    });
    const text = await response.text();
    if (response.status === 503 || response.status === 429) {
      return response.headers.has('retry-after')
        ? end('told')
        : end('wrong', `${response.status} without Retry-After`);
    }
    const result = response.status === 200 ? answerIn(text) : undefined;
    if (result === undefined) {
      return end('wrong', `${response.status}: ${text.slice(0, 300)}`);
    }
    if (result.isError === true) {
      const said = JSON.stringify(result.content);
      return /try again|call again|again in/i.test(said) ? end('told') : end('wrong', said.slice(0, 300));
    }
    const problem = wrong(result);
    return problem === undefined ? end('answered') : end('wrong', problem);
  } catch (error) {
    return end('wrong', `no answer: ${String((error as Error).cause ?? error)}`);
  }
}

/** The result in an answer of either form; undefined when there is none. */
function answerIn(text: string): JsonObject | undefined {
  const messages = text.startsWith('{') ? [text] : text.split('\n').flatMap(dataIn);
  const answers = messages.map((message) => JSON.parse(message) as { readonly result?: JsonObject });
  return answers.find(({ result }) => result !== undefined)?.result;
}

function dataIn(line: string): string[] {
  return line.startsWith('data: {') ? [line.slice('data: '.length)] : [];
}
