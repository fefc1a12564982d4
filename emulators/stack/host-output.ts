import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { paintFor } from '../../scripts/terminal/paint.ts';
import { callLine, type NameOf } from './call-line.ts';

export interface HostOutputOptions {
  /** File that gets every line as it is; none when nothing is to be kept. */
  readonly file: string | undefined;
  /** Show the service's JSON log instead of a line for each call. */
  readonly json: boolean;
  /** Show every line of the hosts, from the start. */
  readonly verbose: boolean;
  readonly output: NodeJS.WriteStream;
}

/** Lines that are worth reading when a host has ended by itself. */
const mostRemembered = 20;

/** Takes the lines that the hosts print: shows them in short, and keeps them in full. */
export class HostOutput {
  readonly #options: HostOutputOptions;
  readonly #file: WriteStream | undefined;
  readonly #last: string[] = [];
  #nameOf: NameOf | undefined;

  constructor(options: HostOutputOptions) {
    this.#options = options;
    this.#file = options.file === undefined ? undefined : newFile(options.file);
  }

  /** From now on calls are shown. */
  begin(nameOf: NameOf): void {
    this.#nameOf = nameOf;
  }

  take(line: string): void {
    this.#file?.write(`${line}\n`);
    this.#last.push(line);
    if (this.#last.length > mostRemembered) {
      this.#last.shift();
    }
    const shown = this.#shown(line);
    if (shown !== undefined) {
      this.#options.output.write(`${shown}\n`);
    }
  }

  /** What the hosts said last, oldest first. */
  get last(): readonly string[] {
    return this.#last;
  }

  end(): void {
    this.#file?.end();
  }

  #shown(line: string): string | undefined {
    const { json, verbose, output } = this.#options;
    if (verbose) {
      return line;
    }
    if (this.#nameOf === undefined) {
      return undefined;
    }
    if (json) {
      return line.startsWith('{') ? line : undefined;
    }
    return callLine(line, this.#nameOf, paintFor(output));
  }
}

/** A disk that is full, or a folder that cannot be written, must not end the service that is being logged. */
function newFile(file: string): WriteStream {
  mkdirSync(path.dirname(file), { recursive: true });
  const stream = createWriteStream(file, { mode: 0o600 });
  stream.on('error', () => {});
  return stream;
}
