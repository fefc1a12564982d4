import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import { lendingLibrary } from '#examples/library/business';
import { describeApis } from '#gateway/generate/apis';
import { exposureOf } from '#gateway/generate/exposure';
import { generatedFiles } from '#gateway/generate/files';
import { type PolicyBundle, readBundle, withTexts } from '#gateway/language/bundle';
import { checkRegistry, policiesFolder, readRegistry } from '#gateway/registry';
import { currentClient, formerClient } from '#scripts/demo/clients';
import { type Authority, audience, directoryId, startAuthority } from '../gateway/authority.ts';
import { scope } from '../gateway/world.ts';
import { type LibraryService, startLibrary } from './library-service.ts';

/** Whose users the identity provider of these tests knows, although the product serves nobody of it. */
const directory = 'stranger';
const backendKey = 'only the gateway of the library knows this';

let authority: Authority;
let library: LibraryService;
let gateway: Gateway;

beforeAll(async () => {
  [authority, library] = await Promise.all([
    startAuthority(),
    startLibrary(directoryId(directory), { GATEWAY_KEY: backendKey }),
  ]);
  gateway = await startGateway({
    policies: policies(),
    backends: { library: library.origin },
    namedValues: (origin) =>
      localNamedValues({
        origin,
        authority: authority.origin,
        audience,
        scope,
        backendKey,
        overrides: { 'role-reader': 'reader', 'role-librarian': 'librarian', 'role-member': 'member' },
      }),
  });
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([library?.close(), authority?.stop()]);
});

/** The product's policies, generated for the library instead. */
function policies(): PolicyBundle {
  const { plans } = readRegistry();
  const registry = checkRegistry({
    plans,
    tenants: [
      {
        slug: 'town',
        displayName: 'Town library',
        route: 'town-library',
        tenantIds: [directoryId(directory)],
        backend: 'library',
        plan: Object.keys(plans)[0],
      },
    ],
  });
  const written = [...generatedFiles(registry, exposureOf(lendingLibrary))].filter(([file]) =>
    file.endsWith('.xml'),
  );
  return { ...withTexts(readBundle(policiesFolder), written), description: describeApis(registry) };
}

const tokenOf = (role: string) => authority.token(directory, { roles: [role] });
const addressOf = (endpoint: string) => `${gateway.origin}/town-library${endpoint}`;

describe.each([
  ['the 2.x client (2026-07-28)', currentClient],
  ['the 1.x client (2025-11-25)', formerClient],
])('through the gateway, %s', (_name, connect) => {
  it('sees and uses what its role allows, and nothing else', async () => {
    const client = await connect({ url: addressOf('/mcp'), token: await tokenOf('reader') });
    expect(await client.toolNames()).toEqual(['find_books']);
    const { data } = await client.call('find_books', { text: 'walden' });
    expect(data).toMatchObject({ books: [{ title: 'Walden' }] });
    await expect(client.call('lend_book', { book_id: 4, card: 'C-1' })).rejects.toThrow(
      /needs the permission books\.lend/,
    );
    await client.close();
  });

  it('asks the expert', async () => {
    const client = await connect({ url: addressOf('/agentic/mcp'), token: await tokenOf('reader') });
    const { data } = await client.call('ask_reading_expert', { question: 'Do you have "Persuasion"?' });
    expect(data).toMatchObject({ status: 'done', answer: expect.stringContaining('stands on shelf A1') });
    await client.close();
  });
});

it('the gateway itself refuses, before the call reaches the library', async () => {
  const response = await fetch(addressOf('/mcp'), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tokenOf('reader')}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-method': 'tools/call',
      'mcp-name': 'lend_book',
    },
    body: '{}',
  });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({
    detail: 'The tool needs the permission books.lend; ask your administrator for a role that has it.',
  });
});

it('nobody reaches the library past the gateway', async () => {
  const response = await fetch(library.tools, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf('reader')}`, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('This service is reached through its gateway');
});
