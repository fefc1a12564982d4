import { portOf } from '../command-line/port.ts';
import { runCommand } from '../command-line/run-command.ts';
import { type Stack, startStack } from './stack.ts';
import { removeState, runningTenants, writeState } from './state.ts';
import { terminalReport } from './terminal.ts';

const usage = `Starts the whole local stack: identity provider, storage, demo data, a backend for each tenant, and the
gateway in front of them. Ctrl+C stops it.

  npm start -- [--port 7071] [--pooled] [--ephemeral] [--verbose]

  --port N      port of the gateway (0 takes a free one)
  --pooled      one backend for all tenants
  --ephemeral   keep all data in memory
  --verbose     show every line of the Functions hosts from the start

DATA_STORAGE, when set, names the storage to use instead of an Azurite of its own.`;

const defaultPort = '7071';

await runCommand(
  {
    usage,
    options: {
      port: { type: 'string', default: defaultPort },
      pooled: { type: 'boolean', default: false },
      ephemeral: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  },
  (values) => main({ ...values, port: portOf(values.port) }),
);

interface Options {
  readonly port: number;
  readonly pooled: boolean;
  readonly ephemeral: boolean;
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
  let up = false;
  const stack = await startStack({
    port: options.port,
    ephemeral: options.ephemeral,
    pooled: options.pooled,
    dataStorage: process.env.DATA_STORAGE,
    report: terminalReport(process.stdout),
    onHostLine: (line) => {
      if (up || options.verbose) console.log(line);
    },
  });
  up = true;
  await writeState(stack);
  console.log(welcome(stack));
  const signalled = new Promise<'signal'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('signal'));
  });
  const reason = await Promise.race([signalled, stack.ended]);
  await removeState();
  await stack.stop();
  if (reason !== 'signal')
    throw new Error('The Functions host ended by itself; its last lines above say why.');
}

function welcome({ tenants }: Stack): string {
  const addresses = Object.entries(tenants).map(
    ([slug, { mcp, agentic }]) => `  ${slug.padEnd(10)}${mcp}\n${' '.repeat(12)}${agentic}`,
  );
  return `
The MCP endpoints:
${addresses.join('\n')}

Try, in another terminal:
  npm run mcp -- --list
  npm run mcp -- get_customer_detail '{"customer_id":251}'
  npm run mcp -- unlock_account '{"customer_id":254,"reason":"Identity checked"}' --user sara@contoso

Ctrl+C stops everything.
`;
}
