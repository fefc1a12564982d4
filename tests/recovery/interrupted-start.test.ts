import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { compile } from '../../scripts/build/compile.ts';
import { endOf } from '../../scripts/lib/child-process.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';

/** Whether any process is left of a group. */
function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

it.each<[during: string, line: RegExp, to: 'all' | 'one', signal: NodeJS.Signals]>([
  ['while storage starts', /Identity provider at/, 'all', 'SIGINT'],
  ['while demo data is written', /Azurite for/, 'all', 'SIGINT'],
  ['while demo data is written, by one signal to one process', /Azurite for/, 'one', 'SIGTERM'],
  ['while the host starts', /fabrikam: /, 'all', 'SIGINT'],
  ['while the host starts, by one signal to one process', /fabrikam: /, 'one', 'SIGTERM'],
])(
  'a start that is given up %s ends without a word and leaves nothing behind',
  async (_during, line, to, signal) => {
    await compile();
    const start = spawn(
      process.execPath,
      [
        path.join(projectDir, 'scripts/launch.cjs'),
        'emulators/stack/start.ts',
        ...['--port', '0', '--ephemeral', '--pooled'],
      ],
      {
        cwd: projectDir,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, DATA_STORAGE: '' },
      },
    );
    const { pid = 0 } = start;
    const ended = endOf(start);
    const errors = text(start.stderr);
    const lines: string[] = [];
    try {
      for await (const said of createInterface({ input: start.stdout })) {
        lines.push(said);
        if (line.test(said)) {
          process.kill(to === 'all' ? -pid : pid, signal);
        }
      }
      expect(await errors).toBe('');
      expect(lines.join('\n')).toMatch(line);
      expect(lines.join('\n')).not.toContain('The MCP endpoints');
      expect(await ended).toBe(0);
      await expect.poll(() => isAlive(pid)).toBe(false);
    } finally {
      if (isAlive(pid)) {
        process.kill(-pid, 'SIGKILL');
      }
    }
  },
  240_000,
);
