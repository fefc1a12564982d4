import { afterAll, beforeAll, expect, test } from 'vitest';
import { durableExtension } from '#emulators/host/durable/extension';
import { type RunningHost, startHost } from '#emulators/host/host';
import { testDataStorage } from '../../support/azurite.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { type DurableApp, durableApp, FIXTURE, freshHub, startDurableHost } from './durable-host.ts';
import { isFinished, type Status } from './durable-status.ts';

// Work that takes days: begun by a host that is killed, and carried on by a host in this process, whose clock the test moves.

const DAY = 86_400_000;
const begun = Date.now();
const clock = manualClock(new Date(begun).toISOString());
const ids: Record<string, string> = {};
let host: RunningHost | undefined;
let app: DurableApp;

beforeAll(async () => {
  const hub = freshHub();
  const first = await startDurableHost({ hub });
  for (const [name, orchestration, days] of [
    ['nap', 'nap', 14],
    ['late', 'deadline', 10],
    ['answered', 'deadline', 10],
    ['suspended', 'deadline', 7],
    ['short', 'deadline', 5],
  ] as const) {
    const { id } = await first.start(orchestration, { input: days * DAY });
    await first.until(id, ({ customStatus }) => customStatus !== null);
    ids[name] = id;
  }
  await first.client('suspend', ids.suspended, 'holiday');
  await first.until(ids.suspended ?? '', ({ runtimeStatus }) => runtimeStatus === 'Suspended');
  await first.kill9();

  process.env.AzureWebJobsStorage = testDataStorage();
  process.env.AzureFunctionsJobHost__extensions__durableTask__hubName = hub;
  const extensions = [durableExtension({ strict: false })];
  host = await startHost({ dir: FIXTURE, port: 0, clock, sink: () => {}, extensions });
  app = durableApp({ url: host.url, output: () => '' });
});
afterAll(() => host?.stop());

/** Moves the clock to so many days after the beginning, and waits for the status that follows. */
async function after(days: number, name: string, wanted: (status: Status) => boolean): Promise<Status> {
  const now = new Date(begun + days * DAY).toISOString();
  await expect
    .poll(async () => {
      // Again and again: what is due by now may lead to something that is due as well.
      clock.advanceTo(now);
      return wanted(await app.status(ids[name] ?? ''));
    })
    .toBe(true);
  return await app.status(ids[name] ?? '');
}

/** The timers of an instance: in how many days each was due, and whether it fired. */
async function timersOf(name: string): Promise<[number, boolean][]> {
  const response = await fetch(
    `${host?.url}/runtime/webhooks/durabletask/instances/${ids[name]}?showHistory=true`,
  );
  const { historyEvents = [] } = (await response.json()) as Status;
  const fired = historyEvents
    .filter(({ EventType }) => EventType === 'TimerFired')
    .map(({ FireAt }) => FireAt);
  return historyEvents
    .filter(({ EventType }) => EventType === 'TimerCreated')
    .map(({ FireAt }) => [Math.round((Date.parse(String(FireAt)) - begun) / DAY), fired.includes(FireAt)]);
}

const raise = (name: string, data: unknown) => app.client('raiseEvent', ids[name], 'go', data);

test('a timer of more than six days is set in parts of three, and holds until it is due', async () => {
  await after(0, 'nap', ({ runtimeStatus }) => runtimeStatus === 'Running');
  expect(await timersOf('nap')).toEqual([[3, false]]);
  expect(await timersOf('short')).toEqual([[5, false]]);

  await after(3.1, 'nap', () => true);
  await expect
    .poll(() => timersOf('nap'))
    .toEqual([
      [3, true],
      [6, false],
    ]);
  expect((await app.status(ids.nap ?? '')).runtimeStatus).toBe('Running');
});

test('an event answers before a long timer is due, and what follows gets its own result', async () => {
  await after(4, 'answered', () => true);
  await raise('answered', 'yes');
  expect((await after(4, 'answered', isFinished)).output).toEqual({ answer: 'yes', after: 'after' });
});

test('a timer that falls due while the instance is suspended waits, also for an event that comes then', async () => {
  // Begun at the same time and due earlier: when it has fired, the clock is past it.
  expect((await after(5.1, 'short', isFinished)).output).toEqual({ answer: 'too late', after: 'after' });
  await after(8, 'suspended', ({ runtimeStatus }) => runtimeStatus === 'Suspended');
  expect(await timersOf('suspended')).toEqual([[3, false]]);
  await app.client('resume', ids.suspended, 'back');
  expect((await after(8, 'suspended', isFinished)).output).toEqual({ answer: 'too late', after: 'after' });
});

test('the last part fires when the whole timer is due', async () => {
  await after(8, 'late', () => true);
  await expect
    .poll(() => timersOf('late'))
    .toEqual([
      [3, true],
      [6, true],
      [10, false],
    ]);
  expect((await after(10.1, 'late', isFinished)).output).toEqual({ answer: 'too late', after: 'after' });
  expect((await after(14.1, 'nap', isFinished)).output).toBe(true);
});
