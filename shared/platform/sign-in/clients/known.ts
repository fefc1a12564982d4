import type { SignInClient } from './client.ts';

interface KnownClient {
  readonly id: string;
  readonly name: string;
  readonly redirects: readonly string[];
  /** Beginning of further redirects of its own, of which those that the deployment lists count. */
  readonly listedBelow?: string;
}

/** Power Platform gives each connector an address of its own there. */
const powerPlatform = 'https://global.consent.azure-apim.net/redirect/';

/** Programs that are known beforehand: who is asked for a client id enters one of these. */
const knownClients: readonly KnownClient[] = [
  {
    // the one that Visual Studio Code has at Microsoft Entra ID
    id: 'aebc6443-996d-45c2-90f0-388ff96faa56',
    name: 'Visual Studio Code',
    redirects: [
      'http://127.0.0.1/',
      'http://localhost/',
      'https://vscode.dev/redirect',
      'https://insiders.vscode.dev/redirect',
    ],
  },
  {
    id: 'claude',
    name: 'Claude',
    redirects: ['https://claude.ai/api/mcp/auth_callback', 'https://claude.com/api/mcp/auth_callback'],
  },
  {
    id: 'mcp-inspector',
    name: 'MCP Inspector',
    redirects: ['http://127.0.0.1/oauth/callback', 'http://localhost/oauth/callback'].flatMap((callback) => [
      callback,
      `${callback}/debug`,
    ]),
  },
  { id: 'copilot-studio', name: 'Copilot Studio', redirects: [], listedBelow: powerPlatform },
  { id: 'foundry', name: 'Microsoft Foundry', redirects: [], listedBelow: powerPlatform },
];

/** @param listed redirects that the deployment allows besides the common ones */
export function knownClient(id: string, listed: readonly string[]): SignInClient | undefined {
  const found = knownClients.find((client) => client.id === id);
  if (found === undefined) {
    return undefined;
  }
  const { name, redirects, listedBelow } = found;
  const further = listed.filter((one) => listedBelow !== undefined && one.startsWith(listedBelow));
  return { id, name, redirects: [...redirects, ...further], known: 'listed' };
}
