import { businessTools } from '#contoso/tools/index';
import { nextMessage, tell } from '../../scripts/lib/child-process.ts';
import { attempted } from '../attempts.ts';
import { type Child, startChild } from '../load/child.ts';
import { checkAnswer, type Era, messageFor, type Operation } from '../subjects/messages.ts';
import type { Contender } from './contenders.ts';
import type { Job, Window } from './job.ts';

/** How often a wrong answer is put up with. */
const attempts = 3;

/** A process in which nothing but one contender runs. */
export class SubjectProcess {
  readonly contender: Contender;
  readonly #child: Child;

  private constructor(contender: Contender, child: Child) {
    this.contender = contender;
    this.#child = child;
  }

  /** @param file its entry point, as plain JavaScript */
  static async start(
    contender: Contender,
    file: string,
    options: readonly string[] = [],
  ): Promise<SubjectProcess> {
    return new SubjectProcess(contender, await startChild({ args: [...options, file], env: contender.env }));
  }

  /**
   * Lets it answer the same request again and again. When its last answer is not the right one, it does so anew: while
   * storage is slow, this service leaves out what may be switched off.
   * @throws Error when the answer is never the right one: a fast failure is no measurement
   */
  async run(
    era: Era,
    operation: Operation,
    until: Job['until'],
    { settle = true, profiled = false } = {},
  ): Promise<Window> {
    const { headers, meta, settles } = this.contender;
    const message = messageFor(era, operation, meta);
    const job: Job = {
      headers: { ...message.headers, ...headers, host: 'localhost' },
      body: message.body,
      until,
      settles: settles && settle,
      profiled,
    };
    return await attempted(
      attempts,
      () => {},
      async () => {
        const window = await this.#windowOf(job);
        checkAnswer(operation, window.answer, businessTools.length);
        return window;
      },
    );
  }

  async #windowOf(job: Job): Promise<Window> {
    const { process, ended } = this.#child;
    tell(process, job);
    const window = await nextMessage<Window | { error: string }>(process, ended);
    if (window === undefined || 'error' in window) {
      throw new Error(`${this.contender.key} failed: ${window?.error ?? 'its process ended'}.`);
    }
    return window;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }
}
