import { Journal, TurnMade, withJournal } from '#platform/experts/durable/journal';

/** Steps of one run: what they write down stays, everything else is gone with the step. */
export function aKeptRun() {
  const kept = new Map<string, string>();
  return {
    kept,
    step: async <T>(work: (journal: Journal) => Promise<T>): Promise<T | 'paused'> => {
      const journal = new Journal({
        run: 'run',
        askedAt: new Date('2026-01-15T12:00:00Z'),
        known: new Map([...kept].map(([key, text]) => [key, JSON.parse(text) as unknown])),
        write: async (key, value) => {
          kept.set(key, JSON.stringify(value));
        },
      });
      try {
        return await withJournal(journal, () => work(journal));
      } catch (error) {
        if (error instanceof TurnMade) {
          return 'paused';
        }
        throw error;
      } finally {
        await journal.idle();
      }
    },
  };
}
