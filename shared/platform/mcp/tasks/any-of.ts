import type { Principal } from '../../identity/principal.ts';
import type { TaskSource, TaskState } from './ports.ts';

/** Several kinds of tasks as one: a task is looked for in each of them, in their order. */
export function anyOf(sources: readonly TaskSource[]): TaskSource {
  async function first<T>(ask: (source: TaskSource) => Promise<T | undefined>): Promise<T | undefined> {
    for (const source of sources) {
      const found = await ask(source);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }
  const owner = (id: string, principal: Principal) =>
    first(async (source) => ((await source.get(id, principal)) === undefined ? undefined : source));
  const [only] = sources;
  if (only !== undefined && sources.length === 1) {
    return only;
  }
  return {
    get: (id, principal) => first((source) => source.get(id, principal)),
    cancel: (id, principal) => first((source) => source.cancel(id, principal)),
    async list(principal) {
      const lists = await Promise.all(sources.map((source) => source.list(principal)));
      return lists.flat().sort(newestFirst);
    },
    async *watch(id, principal, signal, after) {
      const source = await owner(id, principal);
      if (source !== undefined) {
        yield* source.watch(id, principal, signal, after);
      }
    },
  };
}

function newestFirst(one: TaskState, other: TaskState): number {
  return one.createdAt < other.createdAt ? 1 : -1;
}
