import { describe, expect, it } from 'vitest';
import { cookiesOf, setCookie } from '#platform/sign-in/http/cookies';
import { formOf, queryOf, requiredOf } from '#platform/sign-in/http/form';
import { html, pageResponse } from '#platform/sign-in/http/pages';

const onTheWeb = 'https://mcp.example.com/acme-mcp';
const onThisMachine = 'http://localhost:7071/acme-mcp';

describe('a cookie', () => {
  it('belongs to one host, over TLS, and no script reads it', () => {
    expect(setCookie('sign-in-x', 'v', { base: onTheWeb, maxAge: 600, sameSite: 'None' })).toBe(
      '__Host-sign-in-x=v; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=None',
    );
  });

  it('lacks the prefix on this machine without TLS, and nowhere else', () => {
    const named = (base: string) => setCookie('x', 'v', { base, maxAge: 1, sameSite: 'Lax' }).split('=')[0];
    expect(named(onThisMachine)).toBe('x');
    expect(named('https://localhost:7071')).toBe('__Host-x');
    expect(named('http://localhost.example.com')).toBe('__Host-x');
  });

  it('is read by its whole name, and one that comes twice not at all', () => {
    const cookie = '__Host-s-a=1; s-b=2; __Host-s-c=3; other=4; __Host-s-c=5; __Host-s-d="x y"';
    const request = new Request(onTheWeb, { headers: { cookie } });
    expect([...cookiesOf(request, 's-', onTheWeb)]).toEqual([['a', '1']]);
    expect([...cookiesOf(request, 's-', onThisMachine)]).toEqual([['b', '2']]);
  });
});

describe('a form', () => {
  const post = (body: string, type = 'application/x-www-form-urlencoded') =>
    new Request(onTheWeb, { method: 'POST', body, headers: { 'content-type': type } });

  it('is its parameters; empty ones are left out', async () => {
    const form = await formOf(post('a=1&b=&c=%C3%A4', 'application/x-www-form-urlencoded; charset=UTF-8'));
    expect([...form]).toEqual([
      ['a', '1'],
      ['c', 'ä'],
    ]);
    expect(() => requiredOf(form, 'b', 10)).toThrow('The parameter b is missing.');
    expect(() => requiredOf(form, 'a', 0)).toThrow(/longer than 0/);
  });

  it.each([
    ['twice the same', post('a=1&a=2')],
    ['JSON', post('{"a":1}', 'application/json')],
    ['too much', post(`a=${'x'.repeat(40_000)}`)],
    ['too many', post(Array.from({ length: 60 }, (_, n) => `p${n}=1`).join('&'))],
  ])('is not %s', async (_what, request) => {
    await expect(formOf(request)).rejects.toThrow();
  });

  it('in a query names everything once, too', () => {
    expect(() => queryOf(new Request(`${onTheWeb}?a=1&a=1`))).toThrow(/comes twice/);
  });
});

describe('a page', () => {
  it('holds what it is given as text', async () => {
    const response = pageResponse({
      title: '"><script>',
      body: html`<p title="${'" onload="x'}">${['<b>', html`<i>${'&'}</i>`]}</p>`,
      onward: 'https://x.example/?a=1&b="',
    });
    const page = await response.text();
    expect(page).not.toContain('<script>');
    expect(page).toContain('<p title="&#34; onload=&#34;x">&#60;b&#62;<i>&#38;</i></p>');
    expect(page).toContain('content="0;url=https://x.example/?a=1&#38;b=&#34;"');
  });

  it('is kept, framed, run and sent on nowhere', () => {
    const { headers } = pageResponse({ title: 'A page', body: html`` });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  });
});
