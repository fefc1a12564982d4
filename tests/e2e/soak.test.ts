import { beforeAll, describe, expect, it } from 'vitest';
import { type Soaked, soak } from '#bench/load/soak/soak';
import { projectDir } from '#scripts/lib/project-dir';

/** Long enough for faults to come and go twice, and for jobs to end; `npm run bench -- --soak` goes on for half an hour. */
const seconds = 22;

describe('mixed load of two tenants while storage fails now and then', () => {
  let seen: Soaked;

  beforeAll(async () => {
    // with a pause, because other tests run beside this one
    seen = await soak({ dir: projectDir, seconds, visitors: 12, pauseMs: 200 });
  }, 240_000);

  it('loses nothing that was begun, and answers nobody with anything wrong, such as records of another tenant', () => {
    expect(seen.visits.filter(({ outcome }) => outcome === 'lost' || outcome === 'wrong')).toEqual([]);
  });

  it('was of every kind, and storage was in trouble', () => {
    const answered = seen.visits.filter(({ outcome }) => outcome === 'answered');
    const kinds = new Set(answered.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'catalog',
      'change',
      'job',
      'list of tools',
      'question',
      'read',
      'search',
    ]);
    expect(seen.faults).toBeGreaterThan(0);
  });

  it('leaves health answerable, and no file or socket open', () => {
    expect(seen.alive).toBe(true);
    const { before, after } = seen.handles;
    expect((after ?? 0) - (before ?? 0)).toBeLessThan(20);
  });
});
