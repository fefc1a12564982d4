import { loopbackNames } from '#platform/identity/loopback';
import { backendUrls } from '../../gateway/generate/named-values.ts';
import { type PolicyBundle, readBundle } from '../../gateway/language/bundle.ts';
import type { NamedValues } from '../../gateway/language/named-values.ts';
import { PolicyProblem } from '../../gateway/language/problem.ts';
import { validate } from '../../gateway/language/validate.ts';
import { policiesFolder } from '../../gateway/registry.ts';
import { policyTools } from './compiler.ts';
import { buildEdge, type Edge } from './edge.ts';
import { type GatewayServer, listen } from './server.ts';
import type { GatewayRuntime, TraceEvent } from './step.ts';
import { keysByAddress } from './token/published-keys.ts';

export interface GatewayOptions {
  /** Folder with `apis.json` and the XML; the product's own when left out. */
  readonly policiesDir?: string;
  /** Policies that are read already, instead of a folder. */
  readonly policies?: PolicyBundle;
  /**
   * The named values, or what makes them once the gateway's own address is known: for each name of this machine that
   * clients may have reached it under.
   */
  readonly namedValues: NamedValues | ((origin: string) => NamedValues);
  /** Base addresses of the backends by their ids. */
  readonly backends: Readonly<Record<string, string>>;
  /** 0 picks a free one. */
  readonly port?: number;
  readonly address?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Least milliseconds between two readings of signing keys, whether they succeed or not. */
  readonly keyCooldown?: number;
  /** Aborts after a number of milliseconds; how long the gateway waits for a backend. */
  readonly timeoutSignal?: (milliseconds: number) => AbortSignal;
  /** What `trace` policies say. */
  readonly onTrace?: (event: TraceEvent) => void;
  /** Mistakes of the gateway itself. */
  readonly onProblem?: (error: unknown) => void;
}

export interface Gateway {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Runs the policies as API Management would.
 * @throws PolicyProblem with file and line at anything in them that is wrong or not supported
 * @throws the error of the socket, such as EADDRINUSE
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const bundle = options.policies ?? readBundle(options.policiesDir ?? policiesFolder);
  const stopped = new AbortController();
  const runtime = runtimeOf(options, bundle, stopped.signal);
  const report = options.onProblem ?? ((error) => console.error(error));
  const server = await listen(options.port ?? 0, options.address ?? '127.0.0.1', report);
  const servers = [server, ...(await listenToIpv6(server, options, report))];
  const stop = async () => {
    stopped.abort();
    await Promise.all(servers.map((one) => one.stop()));
  };
  try {
    const edge = edgeByName(options.namedValues, server.origin, (given) => {
      const values = { ...given, ...backendUrls(options.backends) };
      validate(bundle, values);
      return buildEdge(bundle, policyTools(bundle, values, runtime));
    });
    for (const one of servers) {
      one.open(edge);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin: server.origin, stop };
}

/** The other address that "localhost" may mean, where this machine has it and nobody else listens there. */
async function listenToIpv6(
  { origin }: GatewayServer,
  { address = '127.0.0.1' }: GatewayOptions,
  report: (error: unknown) => void,
): Promise<GatewayServer[]> {
  if (address !== '127.0.0.1') {
    return [];
  }
  return await listen(Number(new URL(origin).port), '::1', report).then(
    (server) => [server],
    () => [],
  );
}

/**
 * Clients compare the address that metadata names with the one that they were given: what they hear has their name for it.
 * What is heard under another name than the server's own is built when somebody first uses that name.
 */
function edgeByName(
  namedValues: GatewayOptions['namedValues'],
  origin: string,
  build: (values: NamedValues) => Edge,
): Edge {
  if (typeof namedValues !== 'function') {
    return build(namedValues);
  }
  const { hostname, port } = new URL(origin);
  const own = build(namedValues(origin));
  const edges = new Map([[hostname, own]]);
  const edgeOf = (name: string): Edge => {
    if (!edges.has(name) && [hostname, name].every((one) => loopbackNames.includes(one))) {
      edges.set(name, build(namedValues(`http://${name}:${port}`)));
    }
    return edges.get(name) ?? own;
  };
  return (incoming, clientGone) =>
    edgeOf(incoming.headers.host?.toLowerCase().replace(/:\d+$/, '') ?? hostname)(incoming, clientGone);
}

function runtimeOf(
  options: GatewayOptions,
  { description }: PolicyBundle,
  stopped: AbortSignal,
): GatewayRuntime {
  const backends = new Map(
    Object.entries(options.backends).map(([id, address]) => [id, address.replace(/\/$/, '')]),
  );
  for (const { id } of description.backends) {
    if (backends.has(id)) {
      continue;
    }
    throw new PolicyProblem(
      { file: 'apis.json', line: 1 },
      `the address of the backend "${id}" is not given`,
    );
  }
  const now = options.now ?? Date.now;
  return {
    backends,
    now,
    keysAt: keysByAddress(options.keyCooldown ?? 5_000, now),
    timeoutSignal: options.timeoutSignal ?? ((milliseconds) => AbortSignal.timeout(milliseconds)),
    stopped,
    onTrace: options.onTrace ?? (() => {}),
    counts: new WeakMap(),
  };
}
