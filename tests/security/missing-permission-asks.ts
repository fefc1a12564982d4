import { type ConnectClient, currentLine, formerLine, type SigningInClient } from './signing-in-client.ts';

export interface Ask {
  readonly what: string;
  readonly path: string;
  readonly roles: readonly string[];
  readonly needs: string;
  readonly ask: (client: SigningInClient) => Promise<unknown>;
}

export const customer_id = '1';

export const asks: readonly Ask[] = [
  {
    what: 'a tool',
    path: '/mcp',
    roles: ['query'],
    needs: 'security.write',
    ask: (client) => client.callTool('unlock_account', { customer_id: 1, reason: 'x' }),
  },
  {
    what: 'a prompt',
    path: '/mcp',
    roles: ['query'],
    needs: 'security.write',
    ask: (client) => client.getPrompt('unlock_account', { customer_id }),
  },
  {
    what: 'a completion',
    path: '/mcp',
    roles: ['query'],
    needs: 'security.write',
    ask: (client) => client.complete('unlock_account', { name: 'customer_id', value: '' }),
  },
  {
    what: 'a resource',
    path: '/mcp',
    roles: ['billing'],
    needs: 'knowledge.read',
    ask: (client) => client.readResource('knowledge://return-policy'),
  },
  {
    what: 'an expert',
    path: '/agentic/mcp',
    roles: ['billing'],
    needs: 'experts.ask',
    ask: (client) => client.callTool('ask_billing_expert', { question: 'What does customer 1 owe?' }),
  },
  {
    what: 'the diagnosis',
    path: '/agentic/mcp',
    roles: ['billing'],
    needs: 'diagnostics.run',
    ask: (client) => client.callTool('trouble_shoot_device', { detail: 'slow', device_name: 'Phone' }),
  },
];

export interface Way {
  readonly way: string;
  readonly address: (path: string) => string;
  readonly token: (roles: readonly string[], claims?: Record<string, unknown>) => Promise<string> | string;
}

export const clients: readonly (readonly [string, ConnectClient])[] = [
  ['2.x client, 2026-07-28', currentLine('auto')],
  ['2.x client, 2025-11-25', currentLine('legacy')],
  ['1.x client, 2025-11-25', formerLine],
];
