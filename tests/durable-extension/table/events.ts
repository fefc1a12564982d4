import { codes, waiting } from './asking.ts';
import type { SameRow } from './row.ts';

/** An event beats a timer of so many days. */
function beaten(what: string, days: number): SameRow {
  return {
    what,
    async observe(engine) {
      const id = await waiting(engine, 'deadline', days * 86_400_000);
      await engine.client('raiseEvent', id, 'go', 'yes');
      return (await engine.until(id)).output;
    },
    expected: { answer: 'yes', after: 'after' },
  };
}

export const sameEvents: readonly SameRow[] = [
  {
    what: 'events before they are waited for, and under names that differ in case',
    async observe(engine) {
      const { id } = await engine.start('signatures');
      for (const [name, data] of [
        ['sealed', 1],
        ['SIGNED', 'loud'],
        ['signed', 2],
        ['signed', 3],
      ] as const) {
        await engine.client('raiseEvent', id, name, data);
      }
      return (await engine.until(id)).output;
    },
    expected: [2, 1, 3],
  },
  {
    what: 'events that are no JSON, by type or by content',
    async observe(engine) {
      const id = await waiting(engine, 'collect', { count: 1 });
      const path = `instances/${id}/raiseEvent/item`;
      const seen = await codes(
        engine,
        ['POST', path, '{'],
        ['POST', path, ''],
        ['POST', path, '1', 'text/plain'],
        ['POST', path, '1', 'application/json; charset=utf-8'],
      );
      return { seen, output: (await engine.until(id)).output };
    },
    expected: { seen: [400, 400, 400, 202], output: [1] },
  },
  beaten('an event beats the timer that it races, and the cancelled timer is not waited for', 5),
  beaten('a timer of seven days that an event beats: what follows gets its own result', 7),
  {
    what: 'a timer beats the event that does not come',
    observe: async (engine) => (await engine.run('deadline', { input: 50 })).output,
    expected: { answer: 'too late', after: 'after' },
  },
];
