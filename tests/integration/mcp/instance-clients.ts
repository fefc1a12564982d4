import { Client, type ClientCapabilities, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach } from 'vitest';
import type { Role } from '#contoso/access/roles';
import { address, fetchOf, tokenOf } from './instance-requests.ts';
import type { Instances } from './instances.ts';

/** The revisions that the tests are run in, and how a client is told to speak each. */
export const eras = [
  ['2026-07-28', 'auto'],
  ['2025-11-25', 'legacy'],
] as const;

export type Mode = (typeof eras)[number][1];

/** What a client declares, by the ids of the extensions. */
type Extensions = NonNullable<ClientCapabilities['extensions']>;

/** Connects clients of somebody with these roles; they are closed after each test. */
export function clientsOf(
  instances: () => Instances,
): (roles: readonly Role[], mode?: Mode, extensions?: Extensions) => Promise<Client> {
  const clients: Client[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  return async (roles, mode = 'auto', extensions = {}) => {
    const client = new Client(
      { name: 'test', version: '1' },
      { versionNegotiation: { mode }, capabilities: { extensions } },
    );
    const fetch = fetchOf(instances().alternate, tokenOf('staff', roles));
    await client.connect(new StreamableHTTPClientTransport(new URL(address), { fetch }));
    clients.push(client);
    return client;
  };
}
