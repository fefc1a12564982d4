import { type HostProcess, type HostProcessOptions, startHostProcess } from './host-process.ts';

/** A host process that can be killed and started again in the same place. */
export class RestartableHost {
  /** Resolves when the host has ended by itself: not by `stop` and not by `crash`. */
  readonly ended: Promise<void>;
  readonly #options: HostProcessOptions;
  #host: HostProcess;
  #wanted = true;
  #onEnded = () => {};
  /** The last restart; a stop waits for it, so that nothing is started after it. */
  #restarted: Promise<void> = Promise.resolve();

  private constructor(options: HostProcessOptions, host: HostProcess) {
    this.#options = options;
    this.#host = host;
    this.ended = new Promise((resolve) => {
      this.#onEnded = resolve;
    });
    this.#watch();
  }

  static async start(options: HostProcessOptions): Promise<RestartableHost> {
    return new RestartableHost(options, await startHostProcess(options));
  }

  get origin(): string {
    return this.#host.origin;
  }

  async crash(): Promise<void> {
    this.#wanted = false;
    this.#restarted = this.#restart();
    await this.#restarted;
  }

  async stop(): Promise<void> {
    await this.#restarted.catch(() => {});
    this.#wanted = false;
    await this.#host.stop();
  }

  async #restart(): Promise<void> {
    await this.#host.kill();
    this.#host = await startHostProcess({ ...this.#options, port: this.#host.port });
    this.#wanted = true;
    this.#watch();
  }

  #watch(): void {
    const { ended } = this.#host;
    void ended.then(() => {
      if (this.#wanted) {
        this.#onEnded();
      }
    });
  }
}
