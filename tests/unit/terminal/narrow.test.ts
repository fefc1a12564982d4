import { afterEach, describe, expect, it, vi } from 'vitest';
import { terminalReport } from '#emulators/stack/terminal';
import { progressLine } from '#scripts/client/progress-line';
import { paintFor } from '#scripts/terminal/paint';
import { showProgress } from '#seed/progress';

import { terminal } from './narrow-terminal.ts';

const short = 'Looking at the invoices';
const long = 'Step 4 of 9: measuring the path to the device, with its losses and its delays, three times';
/** Two columns a character. */
const wide = '経路を測定しています'.repeat(3);

afterEach(() => vi.unstubAllEnvs());
const watched = () => {
  vi.stubEnv('CI', '');
  vi.stubEnv('TERM', 'xterm');
};

describe.each([30, 60, 80, 200])('a terminal of %i columns', (columns) => {
  it.each([short, long, wide])('shows how far a call is, with every word of "%s"', (message) => {
    watched();
    const screen = terminal(columns);
    const line = progressLine(screen.output);
    for (const [index, share] of [0, 33, 66, 100].entries()) {
      line.show(share, 100, message);
      expect(screen.rows().join('')).toContain(`${String(share).padStart(3)} % ${message}`);
      // drawn over the last one, or below it where it did not fit: never half of another one beside it
      expect(screen.rows().join('').split(message)).toHaveLength(screen.rows().length > 1 ? index + 2 : 2);
    }
    line.end();
    expect(screen.rows().at(-1)).toBe('');
  });

  it('draws the bar of a load on one row with all its words, or says lines where it has no room', () => {
    watched();
    const screen = terminal(columns);
    const bar = showProgress('contoso', screen.output);
    bar.update(0, 1_234);
    bar.update(1_234, 1_234);
    bar.stop();
    expect(screen.rows()).toHaveLength(columns < 60 ? 3 : 2);
    expect(screen.rows().join('')).toMatch(
      columns < 60
        ? /^contoso 100 % \(1234 of 1234 rows\)$/
        : /^contoso █{10,40} 100 % \| 1234 of 1234 rows$/,
    );
  });

  it('keeps no rest of a step that is done', () => {
    watched();
    const screen = terminal(columns);
    const report = terminalReport(screen.output);
    for (const what of [short, long]) {
      report.step(what);
      report.done(`${what}: done`);
    }
    const shown = screen.rows().join('');
    expect(shown).toContain(`✔ ${short}: done`);
    expect(shown).toContain(`✔ ${long}: done`);
    expect(shown.split(short)).toHaveLength(2);
    // one that does not fit stays, whole
    expect(shown.split(long)).toHaveLength(columns < 100 ? 3 : 2);
  });
});

describe.each([
  ['CI', 'CI', 'true', true],
  ['a terminal that knows nothing', 'TERM', 'dumb', true],
  ['a file or a pipe', 'CI', '', false],
] as const)('%s', (_where, name, value, isTTY) => {
  it('gets a line for each step, and nothing that only terminals understand', () => {
    watched();
    vi.stubEnv(name, value);
    const screen = terminal(80, isTTY);
    const line = progressLine(screen.output);
    line.show(1, 2, short);
    line.show(2, 2, 'a\u001b[2Jb');
    line.end();
    const bar = showProgress('contoso', screen.output);
    bar.update(1, 1);
    bar.stop();
    const report = terminalReport(screen.output);
    report.step(short);
    report.done('Ready');
    const paint = paintFor(screen.output);
    screen.output.write(`${paint('good', 'good')}\n`);
    expect(screen.written()).toBe(
      ` 50 % ${short}\n100 % a\\u001b[2Jb\ncontoso 100 % (1 of 1 row)\n✔ Ready\ngood\n`,
    );
  });
});
