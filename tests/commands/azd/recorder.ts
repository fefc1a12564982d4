import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A program that was started in the place of a real one. */
export interface Started {
  readonly program: string;
  readonly args: readonly string[];
  /** What stood in the files that were named, which are gone by now. */
  readonly files: readonly string[];
}

/** What a program answers to arguments in which a text stands; the first that fits counts. */
export interface Answer {
  readonly to: string;
  readonly output: unknown;
}

const script = `#!/usr/bin/env node
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const args = process.argv.slice(2);
const files = args.map((arg) => arg.replace(/^@/, '')).filter((arg) => path.isAbsolute(arg) && existsSync(arg));
const program = path.basename(process.argv[1]);
const read = files.map((file) => readFileSync(file, 'utf8'));
appendFileSync(process.env.RECORDER_LOG, JSON.stringify({ program, args, files: read }) + '\\n');
const answers = JSON.parse(readFileSync(process.env.RECORDER_ANSWERS, 'utf8'));
const line = [program, ...args].join(' ');
const found = answers.find(({ to }) => line.includes(to));
if (found) {
  process.stdout.write(typeof found.output === 'string' ? found.output : JSON.stringify(found.output));
}
`;

/** Stands in for programs: notes how they are started, and gives the answers that a test wants. */
export class Recorder {
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'recorder-'));
  readonly #log = path.join(this.#dir, 'log');
  readonly #answers = path.join(this.#dir, 'answers.json');

  constructor(programs: readonly string[]) {
    for (const program of programs) {
      writeFileSync(path.join(this.#dir, program), script);
      chmodSync(path.join(this.#dir, program), 0o755);
    }
    this.answer([]);
  }

  /** Variables with which a process finds these programs before the real ones. */
  get env(): Record<string, string> {
    return {
      PATH: [this.#dir, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      RECORDER_LOG: this.#log,
      RECORDER_ANSWERS: this.#answers,
    };
  }

  answer(answers: readonly Answer[]): void {
    writeFileSync(this.#answers, JSON.stringify(answers));
  }

  /** What was started since the last time that this was asked. */
  take(): readonly Started[] {
    const text = existsSync(this.#log) ? readFileSync(this.#log, 'utf8') : '';
    rmSync(this.#log, { force: true });
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Started]));
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
