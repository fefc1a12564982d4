import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';

/** Files through which a test watches and holds the fixture's `gated` activity, also across a crash of its host. */
export interface Gates {
  readonly log: string;
  /** A gate that is closed until it is opened. */
  gate(name: string): string;
  open(gate: string): void;
  /** What activities wrote so far, without their process ids. */
  lines(): string[];
  /** Resolves when an activity has written the line. */
  sees(line: string): Promise<void>;
  remove(): void;
}

export function createGates(): Gates {
  const dir = mkdtempSync(path.join(tmpdir(), 'durable-gates-'));
  const log = path.join(dir, 'log');
  const lines = () =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => line.replace(/ in \d+$/, ''))
      : [];
  return {
    log,
    gate: (name) => path.join(dir, name),
    open: (gate) => writeFileSync(gate, ''),
    lines,
    async sees(line) {
      await expect.poll(lines, { interval: 20 }).toContain(line);
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
