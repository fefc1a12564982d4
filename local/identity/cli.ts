import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectDir } from '../build/compile.ts';
import { UsageError } from '../usage-error.ts';
import { apiApp, cliApp, daemonApp } from './directory.ts';
import { type IdentityProvider, startIdentityProvider } from './provider.ts';

const usage = `Starts the local identity provider, which stands in for Microsoft Entra ID. Ctrl+C stops it.

  npm run identity -- [--port 7080] [--resource URI]...

  --port N        port on 127.0.0.1 (default 7080; 0 takes a free one)
  --resource URI  identifier URI of the API: the endpoint's address (default http://127.0.0.1:7071/mcp
                  and http://127.0.0.1:7071/agentic/mcp); may be given more than once
  --help          this text`;

const defaultPort = 7080;
const defaultResources = ['http://127.0.0.1:7071/mcp', 'http://127.0.0.1:7071/agentic/mcp'];

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : (error as Error).message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const provider = await startIdentityProvider({ ...options, ...keep(options) });
  console.log(welcome(provider, options.resource));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void provider.stop());
}

/** At a port of its own it is the same provider at every start. */
function keep({ port }: { readonly port: number }): { keep?: string } {
  return port === 0 ? {} : { keep: path.join(projectDir, '.local', `identity-${port}.json`) };
}

function readOptions(args: readonly string[]): { port: number; resource: readonly string[] } | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const port = Number(values.port ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port is "${values.port}"; it must be a whole number from 0 to 65535.`);
  }
  return { port, resource: values.resource ?? defaultResources };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        resource: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function welcome({ origin, tenants, issuerOf }: IdentityProvider, resources: readonly string[]): string {
  const organisations = tenants.map(({ slug, users }) => {
    const names = users.map(({ signInName, roles }) => `${signInName} (${roles.join(', ') || 'no roles'})`);
    return `${slug}: ${issuerOf(slug)}\n  ${names.join('\n  ')}`;
  });
  return `The local identity provider runs at ${origin}

${organisations.join('\n')}

API          client id (aud) ${apiApp.clientId}
             identifier URIs ${resources.join(', ')}
             scope           <identifier URI>/${apiApp.scope}
${cliApp.name}    client id       ${cliApp.clientId} (PKCE; any loopback port)
${daemonApp.name} client id       ${daemonApp.clientId}, secret ${daemonApp.secret}

Settings of a service that trusts it:
  AUTH_MODE=jwt
  AUTHORITY=${origin}
  MCP_API_AUDIENCE=${apiApp.clientId}

Ctrl+C stops it.
`;
}
