import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { type PlainRequest, plainRequest } from '../../support/plain-tool-call.ts';
import { doorHeader } from './point.ts';

/** What a tool answered. */
export interface Answer {
  readonly isError: boolean;
  /** What it answered with, or the sentence of its refusal. */
  readonly content: unknown;
}

const failure = z.looseObject({ message: z.string() });
const answer = z.object({
  result: z
    .looseObject({
      isError: z.boolean().optional(),
      structuredContent: z.unknown().optional(),
      content: z.array(z.looseObject({ text: z.string().optional() })).optional(),
      taskId: z.string().optional(),
      requestState: z.string().optional(),
    })
    .optional(),
  error: failure.optional(),
});

const agentic = '/agentic/mcp';
/** Milliseconds between two looks at a task. */
const betweenLooks = 150;

const taskState = z.object({
  result: z.looseObject({ status: z.string(), result: z.unknown().optional() }).optional(),
  error: failure.optional(),
});
type TaskState = NonNullable<z.infer<typeof taskState>['result']>;

const tasks = { extensions: { 'io.modelcontextprotocol/tasks': {} } };

export interface ClientMeans {
  /** What the door is told, so that the points behind it count. */
  readonly watched?: string | undefined;
  /** Instead of a request over the network. */
  readonly send?: typeof fetch | undefined;
}

/** A caller with the roles to change everything; it knows nothing of what goes on behind the door. */
export class CrashClient {
  readonly #origin: string;
  readonly #token: string;
  readonly #means: Pick<PlainRequest, 'headers' | 'send'>;

  constructor(origin: string, token: string, { watched, send }: ClientMeans = {}) {
    this.#origin = origin;
    this.#token = token;
    this.#means = {
      ...(watched !== undefined && { headers: { [doorHeader]: watched } }),
      ...(send && { send }),
    };
  }

  /** The same caller, with nothing counted behind the door. */
  unwatched(): CrashClient {
    return new CrashClient(this.#origin, this.#token);
  }

  /** Somebody else, at the same door. */
  as(token: string): CrashClient {
    const { headers, send } = this.#means;
    return new CrashClient(this.#origin, token, { watched: headers?.[doorHeader], send });
  }

  /** @throws TypeError when the process dies before it has answered */
  async call(name: string, args: Readonly<Record<string, unknown>>): Promise<Answer> {
    const result = resultIn(await this.#tool('/mcp', name, args, {}));
    const { isError = false, structuredContent, content } = result;
    return { isError, content: isError ? (content?.[0]?.text ?? '') : structuredContent };
  }

  /**
   * Asks an expert as a client that can be asked back.
   * @param more what it was asked for, answered
   */
  async ask(name: string, args: Readonly<Record<string, unknown>>, more: object = {}) {
    return resultIn(await this.#tool(agentic, name, args, { elicitation: { form: {} } }, more));
  }

  /** Calls a tool of long work. @returns the id of its task */
  async begin(name: string, args: Readonly<Record<string, unknown>>): Promise<string> {
    const result = resultIn(await this.#tool(agentic, name, args, tasks));
    return z.string().parse(result.taskId);
  }

  /** The task when it has ended. @throws Error when there is none */
  async ended(taskId: string): Promise<TaskState> {
    for (;;) {
      const { result, error } = taskState.parse(await this.#task('tasks/get', taskId));
      if (result === undefined) {
        throw new Error(error?.message ?? 'no answer');
      }
      if (result.status !== 'working') {
        return result;
      }
      await wait(betweenLooks);
    }
  }

  async cancel(taskId: string): Promise<void> {
    await this.#task('tasks/cancel', taskId);
  }

  async #tool(
    at: string,
    name: string,
    args: Readonly<Record<string, unknown>>,
    capabilities: object,
    more: object = {},
  ) {
    return messageOf(
      await plainRequest({
        url: `${this.#origin}${at}`,
        token: this.#token,
        method: 'tools/call',
        name,
        params: { name, arguments: args, ...more },
        capabilities,
        ...this.#means,
      }),
    );
  }

  async #task(method: string, taskId: string) {
    return messageOf(
      await plainRequest({
        url: `${this.#origin}${agentic}`,
        token: this.#token,
        method,
        name: taskId,
        params: { taskId },
        capabilities: tasks,
        ...this.#means,
      }),
    );
  }
}

/** @throws Error with the sentence of a refusal */
function resultIn(message: unknown) {
  const { result, error } = answer.parse(message);
  if (result === undefined) {
    throw new Error(error?.message ?? 'There is neither a result nor an error.');
  }
  return result;
}

/** The message that answers, by itself or as the last event of a stream. */
async function messageOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return JSON.parse([...text.matchAll(/^data: (.+)$/gm)].at(-1)?.[1] ?? text);
}
