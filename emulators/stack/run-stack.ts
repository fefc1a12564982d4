import path from 'node:path';
import { type SignInWay, signInWays } from '../../gateway/registry.ts';
import { portOf } from '../../scripts/command-line/port.ts';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { localData } from '../../seed/deployed.ts';
import { reachStorage } from '../../seed/reach-storage.ts';
import { HostOutput } from './host-output.ts';
import { type Stack, startStack } from './stack.ts';
import { claimState, removeState, runningTenants, writeState } from './state.ts';
import { StopAsked } from './stop-asked.ts';
import { terminalReport } from './terminal.ts';

const logFile = path.join('.local', 'hosts.log');

/** @throws UsageError naming the ways */
function signInWayOf(text: string): SignInWay {
  const way = signInWays.find((known) => known === text);
  if (way === undefined) {
    throw new UsageError(`--sign-in is "${text}"; it must be ${signInWays.join(' or ')}.`);
  }
  return way;
}

/** As the command line has it. */
interface Given extends Omit<Options, 'port' | 'signIn'> {
  readonly port: string;
  readonly signIn: string | undefined;
}

interface Options {
  readonly port: number;
  readonly pooled: boolean;
  readonly signIn?: SignInWay;
  readonly ephemeral: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

/**
 * Starts the stack, and serves until it is asked to stop.
 * @throws UsageError when a value cannot be used
 */
export async function runStack({ port, signIn, ...given }: Given): Promise<void> {
  await main({
    ...given,
    port: portOf(port),
    ...(signIn !== undefined && { signIn: signInWayOf(signIn) }),
  });
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

function welcome({ origin, tenants }: Stack): string {
  const addresses = Object.entries(tenants).map(
    ([slug, { mcp, agentic }]) => `  ${slug.padEnd(10)}${mcp}\n${' '.repeat(12)}${agentic}`,
  );
  return `
Open the console in a browser, and sign in as anybody it offers:
  ${origin}/

The MCP endpoints:
${addresses.join('\n')}

Try, in another terminal:
${localData.firstCalls.map((call) => `  npm run mcp -- ${call}`).join('\n')}

Ctrl+C stops everything.
`;
}
