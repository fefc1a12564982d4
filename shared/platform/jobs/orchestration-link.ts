import { BusinessError, Unavailable } from '../errors.ts';
import { inTime } from '../in-time.ts';
import type { OrchestrationClient } from './ports.ts';

const answerMs = 10_000;

/**
 * The durable engine behind whichever client was connected last. The Functions host hands a client to an invocation,
 * and all clients of a process lead to the same engine; but jobs are watched on behalf of many invocations at a time,
 * and longer than the one that began it.
 */
export class OrchestrationLink implements OrchestrationClient {
  #client: OrchestrationClient | undefined;

  connect(client: OrchestrationClient): void {
    this.#client = client;
  }

  start: OrchestrationClient['start'] = (name, id, input) =>
    this.#ask((client) => client.start(name, id, input));
  status: OrchestrationClient['status'] = (id) => this.#ask((client) => client.status(id));
  raise: OrchestrationClient['raise'] = (id, event) => this.#ask((client) => client.raise(id, event));
  terminate: OrchestrationClient['terminate'] = (id, why) => this.#ask((client) => client.terminate(id, why));
  purge: OrchestrationClient['purge'] = (id) => this.#ask((client) => client.purge(id));

  /** @throws Unavailable when the engine fails or does not answer within ten seconds: the client has no limit of its own */
  async #ask<T>(question: (client: OrchestrationClient) => Promise<T>): Promise<T> {
    try {
      if (this.#client === undefined) {
        throw new Error('No client of the durable engine is connected.');
      }
      return await inTime(question(this.#client), answerMs, 'The durable engine did not answer in time.');
    } catch (cause) {
      if (cause instanceof BusinessError) {
        throw cause;
      }
      throw new Unavailable('The job service does not answer; try again in a moment.', { cause });
    }
  }
}
