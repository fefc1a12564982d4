import { setTimeout as passed } from 'node:timers/promises';
import { Connection } from './client/connection.ts';
import type { Answer } from './client/read-answer.ts';
import type { RequestRow, Sent } from './row.ts';

/** A host, and what a request to it is filled with. */
export interface Address {
  /** Without a trailing slash. */
  readonly origin: string;
  /** What lets in; undefined where nobody has one. */
  readonly token: string | undefined;
}

/** What came back for a row: an answer for each request, or why there is none. */
export type Seen = { readonly answers: readonly Answer[] } | { readonly fault: string };

/** How long all answers of a row may take, in milliseconds: a diagnosis takes a minute, and begins after half a minute at worst. */
const limitMs = 240_000;
const pollMs = 1_000;

/** Sends a row's requests to a host. Never rejects: what goes wrong is what was seen. */
export async function observe(row: RequestRow, address: Address, timeLimitMs = limitMs): Promise<Seen> {
  const limit = AbortSignal.timeout(timeLimitMs);
  const talk = new Talk(address, limit, row.readsSlowly ?? false);
  try {
    return { answers: await (row.kind === 'pipelined' ? talk.atOnce(row.sends) : talk.inTurn(row.sends)) };
  } catch (error) {
    if (limit.aborted) {
      return { fault: `no answer within ${timeLimitMs / 1_000} s` };
    }
    return { fault: error instanceof Error && error.name === 'CutError' ? 'cut off' : String(error) };
  } finally {
    talk.close();
  }
}

/** The requests of one row, on one connection as long as the host keeps it open. */
class Talk {
  readonly #values: Record<string, string>;
  readonly #connect: () => Promise<Connection>;
  #connection: Connection | undefined;

  constructor({ origin, token = '' }: Address, limit: AbortSignal, readsSlowly: boolean) {
    this.#values = { origin, host: new URL(origin).host, token };
    this.#connect = () => Connection.open(origin, limit, readsSlowly);
  }

  async inTurn(sends: readonly Sent[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const sent of sends) {
      let answer = await this.#ask(sent);
      while (sent.until !== undefined && !sent.until.test(answer.body)) {
        await passed(pollMs);
        answer = await this.#ask(sent);
      }
      if (sent.keeps !== undefined) {
        this.#values[sent.keeps.name] = sent.keeps.where.exec(answer.body)?.[1] ?? '';
      }
      answers.push(answer);
    }
    return answers;
  }

  async atOnce(sends: readonly Sent[]): Promise<Answer[]> {
    const connection = await this.#open();
    const since = performance.now();
    for (const sent of sends) {
      await connection.send(this.#filled(sent));
    }
    const answers: Answer[] = [];
    for (const sent of sends) {
      answers.push(await connection.answer(sent, since));
    }
    return answers;
  }

  close(): void {
    this.#connection?.close();
  }

  async #ask(sent: Sent): Promise<Answer> {
    const connection = await this.#open();
    const since = performance.now();
    await connection.send(this.#filled(sent));
    const answer = await connection.answer(sent, since);
    if (!answer.staysOpen) {
      connection.close();
      this.#connection = undefined;
    }
    return answer;
  }

  async #open(): Promise<Connection> {
    this.#connection ??= await this.#connect();
    return this.#connection;
  }

  #filled(sent: Sent): Sent {
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (all, name: string) => this.#values[name] ?? all);
    const body = typeof sent.body === 'string' ? { body: fill(sent.body) } : {};
    return { ...sent, lines: sent.lines.map(fill), ...body };
  }
}
