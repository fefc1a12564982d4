import type { ServerResponse } from 'node:http';

/** Resolves when all of these are with their clients, or cut; at the latest after `grace` milliseconds. */
export async function settled(waiting: readonly ServerResponse[], grace: number): Promise<void> {
  if (waiting.length === 0) {
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, grace);
    const closed = waiting.map(
      (response) => new Promise<void>((done) => response.once('close', () => done())),
    );
    void Promise.all(closed).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
