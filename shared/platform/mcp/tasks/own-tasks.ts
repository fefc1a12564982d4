import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Principal } from '../../identity/principal.ts';
import type { LongTool, TaskSource, TaskState } from './ports.ts';

const idShape = /^[\w-]{1,128}$/;

/**
 * The tasks of one caller. Whoever may not use a tool any more does not see the tasks of it either.
 * Ids that are not the caller's all get the same error, so that nobody learns which ids exist.
 */
export class OwnTasks {
  readonly #source: TaskSource;
  readonly #principal: Principal;
  readonly #tools: ReadonlySet<string>;

  constructor(source: TaskSource, tools: readonly LongTool[], principal: Principal) {
    this.#source = source;
    this.#principal = principal;
    this.#tools = new Set(
      tools
        .filter(({ definition }) => principal.permissions.has(definition.permission))
        .map(({ definition }) => definition.name),
    );
  }

  async find(id: string): Promise<TaskState | undefined> {
    if (!idShape.test(id)) {
      return undefined;
    }
    const state = await this.#source.get(id, this.#principal);
    return state !== undefined && this.#tools.has(state.tool) ? state : undefined;
  }

  /** @throws ProtocolError -32602 when the caller has no such task */
  async get(id: string): Promise<TaskState> {
    return (await this.find(id)) ?? unknownTask();
  }

  /** @throws ProtocolError -32602 when the caller has no such task */
  async cancel(id: string): Promise<TaskState> {
    await this.get(id);
    return (await this.#source.cancel(id, this.#principal)) ?? unknownTask();
  }

  /** @throws ProtocolError -32602 when the caller has no such task */
  async answer(id: string, responses: Readonly<Record<string, unknown>>): Promise<void> {
    await this.get(id);
    await this.#source.answer(id, this.#principal, responses);
  }

  /** Newest first. */
  async list(): Promise<readonly TaskState[]> {
    const states = await this.#source.list(this.#principal);
    return states.filter(({ tool }) => this.#tools.has(tool));
  }

  /** The states of a task that {@link find} or {@link get} found; see {@link TaskSource.watch}. */
  watch(id: string, signal: AbortSignal, after?: number): AsyncIterable<TaskState> {
    return this.#source.watch(id, this.#principal, signal, after);
  }
}

function unknownTask(): never {
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    'Task not found: it does not exist, has expired, or belongs to somebody else.',
  );
}
