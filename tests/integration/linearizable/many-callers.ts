import { randomBytes } from 'node:crypto';
import { openStorage } from '#platform/storage/connect';
import { createLogger } from '#platform/telemetry/log';
import { createApp } from '#shared/app';
import { readSettings } from '#shared/settings';
import { CrashClient } from '../../recovery/crash-points/client.ts';
import { environmentOf, invoiced, makeWorld, tokenOf } from '../../recovery/crash-points/subjects.ts';
import { answerOf } from '../../support/whole-app.ts';
import { accountModel } from './account-model.ts';
import { type Call, type Callers, callOnce } from './callers.ts';
import { check } from './checker.ts';
import { drawsOf, pick } from './draw.ts';
import { type FaultyStorage, startFaultyStorage } from './faulty-storage.ts';

export interface ManyCallers {
  readonly dataStorage: string;
  readonly seed: number;
  /** Calls in all. */
  readonly calls: number;
}

export interface Checked {
  readonly calls: number;
  /** Calls of which nobody knows whether they were carried out. */
  readonly unknown: number;
  /** Sentences, one for each customer whose history has no order. */
  readonly wrong: readonly string[];
  readonly troubles: FaultyStorage['troubles'];
  readonly conflicts: number;
}

const instances = 3;
/** Calls of one customer: what a check takes grows with them. */
const callsEach = 100;
/** So many customers have calls at the same time. */
const customersAtOnce = 4;
/** So many calls are open at the same time. */
const callersAtOnce = 12;

/** Several instances on one storage that fails now and then, called by many at once; then each customer's history is checked. */
export async function manyCallers({ dataStorage, seed, calls }: ManyCallers): Promise<Checked> {
  const draw = drawsOf(seed);
  const slug = `l${randomBytes(8).toString('hex')}`;
  const world = await makeWorld(await openStorage({ dataStorage }), slug, Math.ceil(calls / callsEach));
  const faulty = await startFaultyStorage(dataStorage, draw);
  const settings = readSettings({
    ...environmentOf(world, faulty.connectionString),
    CONFIRM_PAYMENTS_ABOVE: '1000000',
  });
  const logger = createLogger(
    'error',
    () => new Date(),
    () => {},
  );
  const apps = await Promise.all(Array.from({ length: instances }, () => createApp({ settings, logger })));
  const clients = apps.map(
    (app) =>
      new CrashClient('http://localhost', tokenOf('caller'), {
        send: (input, init) => answerOf(app, toDoor(new Request(input, init))),
      }),
  );
  const call: Call = (tool, args) => pick(draw, clients).call(tool, args);
  let time = 0;
  const tick = () => time++;
  const all = world.subjects.map((subject): Callers => ({ subject, history: [], used: [] }));
  let left = calls;
  for (let first = 0; first < all.length; first += customersAtOnce) {
    const here = all.slice(first, first + customersAtOnce);
    let ofThese = Math.min(left, here.length * callsEach);
    left -= ofThese;
    const work = async () => {
      while (ofThese > 0) {
        ofThese -= 1;
        await callOnce(pick(draw, here), draw, call, tick);
      }
    };
    await Promise.all(Array.from({ length: callersAtOnce }, work));
  }
  await Promise.all(apps.map((app) => app.close()));
  await faulty.close();
  return { ...verdictOn(all), troubles: faulty.troubles, conflicts: faulty.conflicts };
}

function toDoor(request: Request): Request {
  request.headers.set('host', 'localhost');
  return request;
}

function verdictOn(all: readonly Callers[]): Pick<Checked, 'calls' | 'unknown' | 'wrong'> {
  const model = accountModel(invoiced * 100);
  const wrong = all.flatMap(({ subject, history }) => {
    const { linearizable, explained } = check(model, history);
    return linearizable
      ? []
      : [
          `Customer ${subject.customer_id}: no order explains more than ${explained} of ${history.length} calls.`,
        ];
  });
  const history = all.flatMap((one) => one.history);
  return { calls: history.length, unknown: history.filter(({ ended }) => ended === undefined).length, wrong };
}
