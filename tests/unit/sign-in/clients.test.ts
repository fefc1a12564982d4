import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '#platform/sign-in/clients/addresses';
import { clientName } from '#platform/sign-in/clients/client-name';
import { knownClient } from '#platform/sign-in/clients/known';
import { checkRedirect, commonRedirects, isOneOf } from '#platform/sign-in/clients/redirects';
import { longestId, registeredClients } from '#platform/sign-in/clients/registered';

describe('an address of the public internet', () => {
  it.each(['20.50.2.1', '8.8.8.8', '2606:4700::1111', '2a01:111:f403::1'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '127.255.1.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '168.63.129.16', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '3fff::1', '', 'example.com', '0x7f.1'],
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

const listed = [...commonRedirects, 'editor://host/callback', 'com.example.app:/callback'];

describe('a redirect', () => {
  it.each([
    ...[
      'http://127.0.0.1/cb',
      'http://127.0.0.1:1/cb',
      'http://localhost:8080/',
      'http://[::1]:65535/a/b?c=d',
    ],
    ...['http://localhost', ...listed],
  ])('may be %s', (redirect) => {
    expect(() => checkRedirect(redirect, listed)).not.toThrow();
  });

  it.each([
    ...['http://example.com/cb', 'https://example.com/cb', 'https://127.0.0.1/cb', 'http://127.0.0.2/cb'],
    ...['http://localhost.example.com/', 'http://127.0.0.1.example.com/', 'http://127.0.0.1@example.com/'],
    ...['http://user@localhost/', 'http://localhost:80@example.com/', 'http://127.1/', 'http://2130706433/'],
    ...[
      'http://localhost/#x',
      'http://localhost/a/../b',
      'http://localhost/%2e%2e/b',
      'http://localhost\\@example.com/',
    ],
    ...[
      'HTTP://localhost/',
      'http://LOCALHOST/',
      ' http://localhost/',
      'http://localhost/ ',
      'http://localhost/\n',
      '//localhost/',
    ],
    ...['https://vscode.dev/redirect/', 'https://vscode.dev/redirect?x=1', 'https://vscode.dev:444/redirect'],
    ...['https://vscode.dev:443/redirect', 'https://VSCODE.DEV/redirect', 'https://vscode.dev./redirect'],
    ...['https://vscode.dev/x/../redirect', 'https://vscode.dev%2fredirect', 'https://vscоde.dev/redirect'],
    ...['https://vscode.dev.example.com/redirect', 'https://vscode.dev@example.com/redirect'],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'other://host/callback',
      'editor://host/other',
    ],
    ...[
      'http://localhost/"><script>',
      'http://localhost/<b>',
      '',
      'callback',
      `http://localhost/${'a'.repeat(400)}`,
    ],
  ])('may not be %s', (redirect) => {
    expect(() => checkRedirect(redirect, listed)).toThrow(/cannot be sent back/);
  });

  it('of a client is its own to the letter, but for the port on the person’s machine', () => {
    const own = ['http://127.0.0.1/cb', 'http://localhost:9/x', 'https://vscode.dev/redirect'];
    for (const redirect of [...own, 'http://127.0.0.1:7000/cb', 'http://localhost/x']) {
      expect(isOneOf(redirect, own)).toBe(true);
    }
    for (const redirect of [
      ...['http://localhost:7000/cb', 'http://127.0.0.1:7000/CB', 'http://127.0.0.1:7000/cb?a=b'],
      ...['https://vscode.dev:444/redirect', 'https://127.0.0.1/cb', 'http://127.0.0.1:7000/cb#', ''],
    ]) {
      expect(isOneOf(redirect, own)).toBe(false);
    }
  });
});

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
