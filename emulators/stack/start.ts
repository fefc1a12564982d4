import { runCommand } from '../../scripts/command-line/run-command.ts';

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
  async ({ 'sign-in': signIn, ...values }) => {
    const { runStack } = await import('./run-stack.ts');
    await runStack({ ...values, signIn });
  },
);
