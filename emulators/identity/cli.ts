import path from 'node:path';
import { portOf } from '../../scripts/command-line/port.ts';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { agentApp, apiApp, cliApp, daemonApp } from './directory.ts';
import { type IdentityProvider, startIdentityProvider } from './provider.ts';

const usage = `Starts the local identity provider, which stands in for Microsoft Entra ID. Ctrl+C stops it.

  npm run identity -- [--port 7080] [--resource URI]...

  --port N        port on 127.0.0.1 (default 7080; 0 takes a free one)
  --resource URI  identifier URI of the API: the endpoint's address (default http://127.0.0.1:7071/mcp
                  and http://127.0.0.1:7071/agentic/mcp); may be given more than once
  --help          this text`;

const defaultResources = ['http://127.0.0.1:7071/mcp', 'http://127.0.0.1:7071/agentic/mcp'];

await runCommand(
  {
    usage,
    options: {
      port: { type: 'string', default: '7080' },
      resource: { type: 'string', multiple: true, default: defaultResources },
    },
  },
  async (values) => {
    const port = portOf(values.port);
    const { resource } = values;
    const provider = await startIdentityProvider({ port, resource, ...keep(port) });
    console.log(welcome(provider, resource));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void provider.stop());
    }
  },
);

/** At a port of its own it is the same provider at every start. */
function keep(port: number): { keep?: string } {
  return port === 0 ? {} : { keep: path.join(projectDir, '.local', `identity-${port}.json`) };
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
${agentApp.name}  client id       ${agentApp.clientId}, secret ${agentApp.secret} (for a person, or by itself)

Settings of a service that trusts it:
  AUTH_MODE=jwt
  AUTHORITY=${origin}
  MCP_API_AUDIENCE=${apiApp.clientId}

Ctrl+C stops it.
`;
}
