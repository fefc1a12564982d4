import type { Era, Meta } from '../subjects/messages.ts';
import type { World } from '../subjects/world.ts';

const both: readonly Era[] = ['2026-07-28', '2025-11-25'];

/** Of a trace; an answer to a message that belongs to one is not kept. */
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** What is measured in process, by the word that names it on the command line. */
export const contenderNames = {
  verified: 'this service, tokens verified',
  traced: 'the same, messages that belong to a trace',
  'static-2x': 'SDK 2.x, static list, nothing else',
  'usual-2x': 'SDK 2.x, usual way',
  'usual-1x': 'SDK 1.x, usual way',
  tmcp: 'tmcp 1.20.0',
  'mcp-use': 'mcp-use 2.5.2',
  'mcp-handler': 'mcp-handler 2.4.0',
} as const;
export type ContenderKey = keyof typeof contenderNames;
export const contenderKeys = Object.keys(contenderNames) as ContenderKey[];

/** One of them, and how its process is started and asked. */
export interface Contender {
  readonly key: ContenderKey;
  /** Name of its entry point in `subjects/`. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly eras: readonly Era[];
  readonly headers: Readonly<Record<string, string>>;
  /** What every message carries on top. */
  readonly meta: Meta;
  /** Whether it leaves something to be done after the answer, as audit entries are written. */
  readonly settles: boolean;
}

export async function contendersIn(world: World): Promise<readonly Contender[]> {
  const plain = { env: {}, eras: both, headers: {}, meta: {}, settles: false };
  const headers = await world.authorizationOf(0);
  const ours = { entry: 'ours', env: world.verifying, headers, settles: true };
  const special: Partial<Record<ContenderKey, Partial<Contender>>> = {
    verified: ours,
    traced: { ...ours, meta: { traceparent } },
    // it would tell its makers of every start, and keep a file for that
    'mcp-use': { env: { MCP_USE_ANONYMIZED_TELEMETRY: 'false' } },
    // the first version of the SDK does not know the current revision
    'usual-1x': { eras: ['2025-11-25'] },
  };
  return contenderKeys.map((key) => ({ key, entry: key, ...plain, ...special[key] }));
}
