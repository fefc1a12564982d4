import { describe, expect, it } from 'vitest';
import { complaintsAbout } from '../../scripts/words/check.ts';
import { retired } from '../../scripts/words/retired.ts';

describe('names and phrases that were given up', () => {
  it.each([
    ['shared/platform/a.ts', 'const kept = new KeptAnswers();', 'ResponseCache'],
    ['shared/contoso/a.ts', 'export interface Bench {', 'StepContext'],
    ['tests/unit/a.test.ts', 'const patience = 10_000;', 'time-out'],
    ['docs/a.md', 'The stream ends by its own.', 'by itself'],
    ['shared/a.ts', '/** At the begin of its way. */', 'the start of'],
    ['shared/a.ts', 'await trail.note(entry);', 'trail.enqueue'],
  ])('%s: %s', (file, line, instead) => {
    expect(complaintsAbout(file, `first\n${line}\n`)).toEqual([
      expect.stringMatching(new RegExp(`^${file}:2: .* is no longer used; write .*${instead}`)),
    ]);
  });

  it('are looked for in names of files', () => {
    expect(complaintsAbout('shared/platform/storage/once-store.ts', '')).toEqual([
      expect.stringContaining('its name is now UsedNonceStore'),
    ]);
  });

  it('leave alone what only looks like them', () => {
    const fine = [
      "displayName: 'Bench'",
      'input.course ?? nothing',
      'tables: Audit, Jobs, Relay',
      'const { shape } = schema;',
      'const shape = schema.shape as Fields;',
      'it goes by its own name',
    ];
    expect(complaintsAbout('bench/a.ts', fine.join('\n'))).toEqual([]);
  });

  it('each have something to write instead', () => {
    expect(retired.filter(({ instead }) => instead === '')).toEqual([]);
  });
});
