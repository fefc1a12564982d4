import { AsyncLocalStorage } from 'node:async_hooks';
import { canonicalJson } from '../../json/canonical.ts';
import { hashed } from '../../storage/keys.ts';

/** This step has made its turn of a model; what comes after it is for the next step. */
export class TurnMade extends Error {
  override readonly name = 'TurnMade';
}

export interface JournalOptions {
  /** Unguessable; names the run. */
  readonly run: string;
  /** When its question was asked. */
  readonly askedAt: Date;
  /** What earlier steps wrote down, by key. */
  readonly known: ReadonlyMap<string, unknown>;
  /** Resolves when the value is stored. */
  readonly write: (key: string, value: unknown) => Promise<void>;
}

/**
 * What a run has done so far. A run begins anew with every step, and what it did before is answered from here instead of
 * being done again; so a step that is repeated, by whichever process, goes on where the one before it ended.
 */
export class Journal {
  readonly run: string;
  readonly askedAt: Date;
  readonly #known: ReadonlyMap<string, unknown>;
  readonly #write: JournalOptions['write'];
  readonly #counts = new Map<string, number>();
  readonly #open = new Set<Promise<unknown>>();
  #hasTurn = false;
  /** Turns of models and calls of tools so far, those of earlier steps among them. */
  readonly done = { turns: 0, tools: 0 };

  constructor({ run, askedAt, known, write }: JournalOptions) {
    this.run = run;
    this.askedAt = askedAt;
    this.#known = known;
    this.#write = write;
  }

  /**
   * Does work once in the life of the run. Equal work that comes again, such as looking at something a second time, is
   * work of its own.
   * @param what tells it from other work of its kind; the same in every repetition
   * @throws TurnMade for a turn beyond the one that a step makes; whatever the work throws, which is not written down
   */
  remember<T>(kind: string, what: unknown, work: (key: string) => Promise<T>): Promise<T> {
    const base = `${kind}:${hashed(canonicalJson(what))}`;
    const count = this.#counts.get(base) ?? 0;
    this.#counts.set(base, count + 1);
    const key = `${base}:${count}`;
    const result = this.#known.has(key)
      ? Promise.resolve(this.#known.get(key) as T)
      : this.#doNow(kind, key, work);
    const open = result.catch(() => {});
    this.#open.add(open);
    void open.then(() => this.#open.delete(open));
    return result.then((value) => {
      this.done.turns += kind === 'turn' ? 1 : 0;
      this.done.tools += kind === 'tool' ? 1 : 0;
      return value;
    });
  }

  /** Resolves when nothing is under way any more, also of what nobody waits for. */
  async idle(): Promise<void> {
    while (this.#open.size > 0) {
      await Promise.all(this.#open);
    }
  }

  async #doNow<T>(kind: string, key: string, work: (key: string) => Promise<T>): Promise<T> {
    if (kind === 'turn') {
      if (this.#hasTurn) {
        notePause();
        throw new TurnMade('The turn of this step is made.');
      }
      this.#hasTurn = true;
    }
    const scope: Scope = { journal: this, key, outer: scopes.getStore(), isPaused: false };
    const value = await scopes.run(scope, () => work(key));
    if (scope.isPaused) {
      // What paused may have been told otherwise on its way out.
      throw new TurnMade('The turn of this step is made.');
    }
    await this.#write(key, value);
    return value;
  }
}

interface Scope {
  readonly journal: Journal;
  /** Of the work that is under way; empty outside of all work. */
  readonly key: string;
  readonly outer: Scope | undefined;
  isPaused: boolean;
}

const scopes = new AsyncLocalStorage<Scope>();

function notePause(): void {
  for (let scope = scopes.getStore(); scope !== undefined; scope = scope.outer) {
    scope.isPaused = true;
  }
}

/** Does a step of a run. */
export function withJournal<T>(journal: Journal, work: () => Promise<T>): Promise<T> {
  return scopes.run({ journal, key: '', outer: undefined, isPaused: false }, work);
}

/** The journal of the run that the caller is in, if it is in one. */
export function currentJournal(): Journal | undefined {
  return scopes.getStore()?.journal;
}

/** The same for every repetition of the work under way, and for nothing else; undefined outside of a run. */
export function keyOfWork(): string | undefined {
  const scope = scopes.getStore();
  return scope && scope.key !== '' ? hashed(`${scope.journal.run} ${scope.key}`) : undefined;
}
