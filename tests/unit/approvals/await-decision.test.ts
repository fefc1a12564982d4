import { beforeEach, expect, it } from 'vitest';
import {
  awaitDecision,
  awaitDecisionName,
  decidingEvent,
  type Look,
  settleName,
} from '#platform/approvals/await-decision';
import { WaitingEngine } from '../../support/waiting-engine.ts';

const start = new Date('2026-11-02T08:00:00.000Z');
const hour = 3_600_000;
const after = (ms: number) => new Date(start.getTime() + ms);
const expiresAt = after(72 * hour).toISOString();

let engine: WaitingEngine;
/** When the record was looked at, and what it said then. */
let looked: string[];
/** What the record says. */
let record: () => Look;

beforeEach(async () => {
  engine = new WaitingEngine(start);
  looked = [];
  record = () => (engine.now().toISOString() < expiresAt ? 'waiting' : 'over');
  engine.host = {
    jobs: {
      registered: [
        {
          orchestration: awaitDecisionName,
          activity: settleName,
          orchestrate: (work) => awaitDecision(work),
          async runStep() {
            const found = record();
            looked.push(`${(engine.now().getTime() - start.getTime()) / 1000} ${found}`);
            return found;
          },
        },
      ],
    },
  };
  await engine.start(awaitDecisionName, 'one', { tenant: 'acme', expiresAt });
});

const status = async () => (await engine.status('one'))?.runtimeStatus;

it('looks at nothing until the time is over, and then finds it over', async () => {
  await engine.advanceTo(after(72 * hour));
  expect(looked).toEqual([]);
  await engine.advanceTo(after(73 * hour));
  expect(looked).toEqual([`${72 * 3600 + 10} over`]);
  expect(await status()).toBe('Completed');
});

it.each([1_000, 3_900, 30_000])('a timer that fires %i ms early ends nothing too soon', async (early) => {
  engine.early = early;
  await engine.advanceTo(after(73 * hour));
  expect(looked.at(-1)).toMatch(/ over$/);
  expect(looked.length).toBeLessThan(8);
  expect(await status()).toBe('Completed');
});

it('looks at once when somebody decides, and is done when the record is over', async () => {
  await engine.advanceTo(after(hour));
  await engine.raise('one', decidingEvent);
  record = () => 'over';
  await engine.run();
  expect(looked).toEqual(['3600 over']);
  expect(await status()).toBe('Completed');
});

it('goes on looking at what is approved and not carried out, ever less often', async () => {
  await engine.raise('one', decidingEvent);
  record = () => (looked.length < 5 ? 'busy' : 'over');
  await engine.advanceTo(after(3 * hour));
  expect(looked.map((one) => one.split(' ')[0])).toEqual(['0', '20', '80', '380', '3980', '7580']);
});

it('an event after which nobody decided, such as a forged one, only has the record looked at', async () => {
  for (const at of [1, 2]) {
    await engine.raise('one', decidingEvent);
    await engine.advanceTo(after(at * hour));
    expect(looked).toHaveLength(3 * at);
  }
  expect(await status()).toBe('Running');
  await engine.advanceTo(after(73 * hour));
  expect(looked.at(-1)).toMatch(/ over$/);
});

it('a look that fails is made again later', async () => {
  await engine.raise('one', decidingEvent);
  record = () => {
    if (looked.length === 0) {
      looked.push('failed');
      throw new Error('Storage is away.');
    }
    return 'over';
  };
  await engine.advanceTo(after(hour));
  expect(looked).toEqual(['failed', '20 over']);
});
