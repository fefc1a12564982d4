import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '#platform/sign-in/clients/addresses';
import { checkRedirect, commonRedirects, isOneOf } from '#platform/sign-in/clients/redirects';

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
