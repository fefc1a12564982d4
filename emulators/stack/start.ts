import path from 'node:path';
import { type SignInWay, signInWays } from '../../gateway/registry.ts';
import { portOf } from '../../scripts/command-line/port.ts';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { localData } from '../../seed/deployed.ts';
import { reachStorage } from '../../seed/reach-storage.ts';
import { HostOutput } from './host-output.ts';
import { type Stack, startStack } from './stack.ts';
import { claimState, removeState, runningTenants, writeState } from './state.ts';
import { StopAsked } from './stop-asked.ts';
import { terminalReport } from './terminal.ts';

const usage = `Starts the whole local stack: identity provider, storage, demo data, a backend for each tenant, and the
gateway in front of them. Ctrl+C stops it.

  npm start -- [--port 7071] [--pooled] [--sign-in WAY] [--ephemeral] [--json | --verbose]

  --port N      port of the gateway (0 takes a free one)
  --pooled      one backend for all tenants
  --sign-in WAY where clients sign in: proxy, at the service, which lets in any client; remote, at the identity
                provider, which has to know them (what apim-policies/tenants.json says); or own, at the service,
                with accounts by invitation
  --ephemeral   keep all data in memory
  --json        show the service's log, one JSON object a line, instead of a line for each call
  --verbose     show every line of the Functions hosts from the start

The whole log of the hosts is in .local/hosts.log, without --ephemeral.
DATA_STORAGE, when set, names the storage to use instead of an Azurite of its own.`;

const defaultPort = '7071';
const logFile = path.join('.local', 'hosts.log');

await runCommand(
  {
    usage,
    options: {
      port: { type: 'string', default: defaultPort },
      pooled: { type: 'boolean', default: false },
      'sign-in': { type: 'string' },
      ephemeral: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  },
  ({ 'sign-in': signIn, ...values }) =>
    main({
      ...values,
      port: portOf(values.port),
      ...(signIn !== undefined && { signIn: signInWayOf(signIn) }),
    }),
);

/** @throws UsageError naming the ways */
function signInWayOf(text: string): SignInWay {
  const way = signInWays.find((known) => known === text);
  if (way === undefined) {
    throw new UsageError(`--sign-in is "${text}"; it must be ${signInWays.join(' or ')}.`);
  }
  return way;
}

interface Options {
  readonly port: number;
  readonly pooled: boolean;
  readonly signIn?: SignInWay;
  readonly ephemeral: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

async function main(options: Options): Promise<void> {
  const running = await runningTenants();
  if (running !== undefined) {
    const addresses = Object.values(running).map(({ mcp }) => mcp);
    throw new Error(
      `The local stack runs already, at ${addresses.join(' and ')}. Use it, or stop it with Ctrl+C in its terminal.`,
    );
  }
  await claimState();
  const dataStorage = process.env.DATA_STORAGE || undefined;
  if (dataStorage !== undefined) {
    await reachStorage(dataStorage, 'DATA_STORAGE');
  }
  const stop = new StopAsked();
  const hosts = new HostOutput({
    ...options,
    file: options.ephemeral ? undefined : path.join(projectDir, logFile),
    output: process.stdout,
  });
  let stack: Stack | undefined;
  try {
    stack = await startStack({
      ...options,
      dataStorage,
      signal: stop.signal,
      report: terminalReport(process.stdout),
      onHostLine: (line) => hosts.take(line),
    });
    await serve(stack, hosts, stop);
  } catch (error) {
    // Ctrl+C reaches every process of a terminal: what ends by it is no failure.
    if (!stop.signal.aborted) {
      throw error;
    }
  } finally {
    // Stops the whole stack on any error, because without a state file nobody would find it.
    await removeState().catch(() => {});
    await stack?.stop();
    hosts.end();
  }
}

/** @throws Error when a host has ended by itself */
async function serve(stack: Stack, hosts: HostOutput, stop: StopAsked): Promise<void> {
  await writeState(stack);
  console.log(welcome(stack));
  hosts.begin(stack.nameOf);
  if ((await Promise.race([stop.asked, stack.ended])) === 'asked') {
    return;
  }
  throw new Error(`A Functions host ended by itself. The last that was said:\n${hosts.last.join('\n')}`);
}

function welcome({ tenants }: Stack): string {
  const addresses = Object.entries(tenants).map(
    ([slug, { mcp, agentic }]) => `  ${slug.padEnd(10)}${mcp}\n${' '.repeat(12)}${agentic}`,
  );
  return `
The MCP endpoints:
${addresses.join('\n')}

Try, in another terminal:
${localData.firstCalls.map((call) => `  npm run mcp -- ${call}`).join('\n')}

Ctrl+C stops everything.
`;
}
