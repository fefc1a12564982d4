import { setImmediate } from 'node:timers/promises';
import { businessTools } from '#contoso/tools/index';
import { createLogger } from '#platform/telemetry/log';
import { createApp } from '../../shared/app.ts';
import { readSettings } from '../../shared/settings.ts';
import { interleave, type Subject } from '../interleave.ts';
import type { BenchOptions } from '../options.ts';
import { plainTools } from '../peers/plain-tools.ts';
import { staticWay2 } from '../peers/static-way.ts';
import { type Fetch, usualWay1, usualWay2 } from '../peers/usual-way.ts';
import { type Aim, atLeast, type Part } from '../report/results.ts';
import { median, medianRatio } from '../statistics.ts';
import {
  checkAnswer,
  type Era,
  type Meta,
  messageFor,
  type Operation,
  operations,
} from '../subjects/messages.ts';
import { startWorld, type World } from '../subjects/world.ts';

const eras: readonly Era[] = ['2026-07-28', '2025-11-25'];

/** Of a trace; an answer to a message that belongs to one is not kept. */
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

interface Contender {
  readonly name: string;
  readonly fetch: Fetch;
  readonly eras: readonly Era[];
  readonly headers?: Readonly<Record<string, string>>;
  /** What every message carries on top. */
  readonly meta?: Meta;
}

const ours = 'this service, tokens not checked';
const traced = 'the same, messages that belong to a trace';
const verifyingOurs = 'this service, tokens verified';
const usual = { '2026-07-28': 'SDK 2.x, usual way', '2025-11-25': 'SDK 1.x, usual way' } as const;

/** Microseconds per request through the endpoint alone, without a socket, against the SDK used as its examples do. */
export async function measureInProcess({ quick, progress }: BenchOptions): Promise<Part> {
  const world = await startWorld();
  try {
    const contenders = await contendersIn(world);
    const milliseconds = quick ? 30 : 250;
    const subjects = contenders.flatMap((contender) => subjectsOf(contender, milliseconds));
    const rounds = quick ? 3 : 15;
    const samples = await interleave(subjects, rounds, (round) =>
      progress(`endpoint in process: round ${round} of ${rounds}`),
    );
    return report(contenders, samples);
  } finally {
    await world.stop();
  }
}

async function contendersIn(world: World): Promise<readonly Contender[]> {
  const silent = createLogger('error', () => new Date());
  const appOf = (env: World['open']) => createApp({ settings: readSettings(env), logger: silent });
  const [verifying, open, tools, authorization] = await Promise.all([
    appOf(world.verifying),
    appOf(world.open),
    plainTools(),
    world.authorizationOf(0),
  ]);
  return [
    { name: verifyingOurs, fetch: verifying.mcp, eras, headers: authorization },
    { name: ours, fetch: open.mcp, eras },
    { name: traced, fetch: open.mcp, eras, meta: { traceparent } },
    { name: 'SDK 2.x, static list, nothing else', fetch: staticWay2(tools), eras },
    { name: usual['2026-07-28'], fetch: usualWay2(tools), eras },
    { name: usual['2025-11-25'], fetch: usualWay1(tools), eras: ['2025-11-25'] },
  ];
}

function subjectsOf(contender: Contender, milliseconds: number): Subject<number>[] {
  return contender.eras.flatMap((era) =>
    operations.map((operation) => ({
      name: key(contender.name, era, operation),
      measure: () => timePerRequest(contender, era, operation, milliseconds),
    })),
  );
}

const key = (name: string, era: Era, operation: Operation) => `${name} | ${era} | ${operation}`;

/** Mean microseconds per request over about so many milliseconds. */
async function timePerRequest(
  { fetch, headers, meta }: Contender,
  era: Era,
  operation: Operation,
  milliseconds: number,
): Promise<number> {
  const message = messageFor(era, operation, meta);
  const init = { method: 'POST', headers: { ...message.headers, ...headers, host: 'localhost' } };
  const ask = async () => {
    const response = await fetch(new Request('http://localhost/mcp', { ...init, body: message.body }));
    return response.text();
  };
  checkAnswer(operation, await ask(), businessTools.length);
  const start = performance.now();
  let requests = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    for (let i = 0; i < 10; i += 1) {
      await ask();
    }
    // Answers need no I/O, so without a pause sockets and timers would never be served.
    await setImmediate();
    requests += 10;
    elapsed = performance.now() - start;
  }
  return (elapsed * 1_000) / requests;
}

function report(contenders: readonly Contender[], samples: ReadonlyMap<string, readonly number[]>): Part {
  const columns = eras.flatMap((era) => operations.map((operation) => ({ era, operation })));
  const of = (name: string, era: Era, operation: Operation) => samples.get(key(name, era, operation)) ?? [];
  const cell = (values: readonly number[]) => (values.length === 0 ? null : median(values));
  return {
    title: 'The endpoint in process',
    notes: [
      'One request after the other into the endpoint, without sockets: the eighteen tools and the same answers in every row.',
      'The usual way registers every tool on a new server object for each request, schemas at module scope, and checks nobody. The static way makes an empty server object, sends a list that is ready and calls the handler: what the SDK costs by itself. Our rows do all that the service does: host and origin, permissions, input and output schemas, log, and the audit trail. Like is compared with like in the row that does not check tokens either; a token is verified once and remembered until it expires.',
      'A list depends on nothing but the permissions and the message, so the service keeps it and sends it again to whoever asks in the same words with the same permissions. Messages that belong to a trace go all the way, which the third row shows.',
    ],
    tables: [
      {
        caption: 'Microseconds per request, median of the rounds',
        columns: ['', ...columns.map(({ era, operation }) => `${operation} ${era}`)],
        rows: contenders.map(({ name }) => [
          name,
          ...columns.map(({ era, operation }) => cell(of(name, era, operation))),
        ]),
      },
    ],
    aims: columns.flatMap(({ era, operation }): Aim[] => {
      const bound = operation === 'tools/list' ? 10 : 2;
      const ratio = medianRatio(of(usual[era], era, operation), of(ours, era, operation));
      return [atLeast(`${operation}, ${era}: times faster than the ${usual[era]}`, ratio, bound, ' times')];
    }),
  };
}
