import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clientName } from '#platform/sign-in/clients/client-name';
import { knownClient } from '#platform/sign-in/clients/known';
import { commonRedirects } from '#platform/sign-in/clients/redirects';
import { longestId, registeredClients } from '#platform/sign-in/clients/registered';

describe('a registered client', () => {
  const clients = registeredClients(['s'.repeat(32)]);
  const registration = {
    name: 'Editor',
    redirects: ['http://127.0.0.1:7000/cb', 'http://127.0.0.1:8000/cb'],
  };
  const id = clients.idOf('acme', registration) ?? '';

  it('is in its id, of which every instance knows what it says', () => {
    expect(registeredClients(['n'.repeat(32), 's'.repeat(32)]).find('acme', id)).toEqual({
      id,
      name: 'Editor',
      redirects: ['http://127.0.0.1/cb'],
      known: 'registered',
    });
  });

  it('is known to its tenant only', () => {
    expect(clients.find('other', id)).toBeUndefined();
  });

  it('cannot be made up or changed', () => {
    expect(registeredClients(['n'.repeat(32)]).find('acme', id)).toBeUndefined();
    for (const forged of [
      `${id}A`,
      id.replace('c1.', 'c2.'),
      id.replace(/^c1\.../, 'c1.AA'),
      'c1..',
      '',
      'x'.repeat(600),
    ]) {
      expect(clients.find('acme', forged)).toBeUndefined();
    }
  });

  it('of the largest common editor fits into a query', () => {
    const redirects = [
      'https://insiders.vscode.dev/redirect',
      'https://vscode.dev/redirect',
      'http://127.0.0.1/',
      'http://localhost:33418/',
    ];
    expect(clients.idOf('acme', { name: 'Visual Studio Code', redirects })?.length).toBeLessThan(200);
  });

  it('with more than an id can hold gets none', () => {
    const redirects = Array.from({ length: 20 }, () => `http://localhost/${randomUUID()}`);
    expect(clients.idOf('acme', { name: 'Many', redirects })).toBeUndefined();
    expect(longestId).toBeLessThanOrEqual(500);
  });
});

describe('a client that is known beforehand', () => {
  it('has the redirects that are its own', () => {
    expect(knownClient('claude', [])?.redirects).toEqual(
      commonRedirects.filter((one) => one.includes('claude')),
    );
    expect(knownClient('unheard-of', [])).toBeUndefined();
  });

  it('has those further ones that the deployment lists', () => {
    const connector = 'https://global.consent.azure-apim.net/redirect/a-b-c';
    expect(knownClient('copilot-studio', [connector, 'https://other.example/redirect'])?.redirects).toEqual([
      connector,
    ]);
  });
});

describe('the name of a client', () => {
  it.each([
    ['An  editor\n', 'An editor'],
    ['sa\u202efe', 'sa\\u202efe'],
    ['x'.repeat(200), `${'x'.repeat(59)}…`],
    [undefined, ''],
    [4711, ''],
  ])('%j is shown as %j', (given, shown) => {
    expect(clientName(given)).toBe(shown);
  });
});
