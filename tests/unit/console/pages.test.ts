import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { version } from '#platform/console/assets/index';
import { consoleFiles, consolePaths } from '#platform/console/files';
import { frameScript } from '#platform/console/policies';
import { consolePages } from '#platform/console/serve';
import type { Card } from '#platform/mcp/definitions/card';
import { origin, siteOf, two } from '../sign-in/served-sites.ts';

const card: Card = {
  name: 'one',
  title: 'One',
  tools: [],
  calls: [],
  digest: '',
  page: async () => '<style>a{}</style><script type="module">first()</script><script>second()</script>',
};
const frameOrigin = 'https://cards.example.com';
const pages = consolePages({ sites: two, cards: [card] });
const withFrameOrigin = consolePages({ sites: two, cards: [card], frameOrigin });
const get = (path: string, init?: RequestInit) => pages(new Request(`${origin}${path}`, init));
const policyOf = (response: Response | undefined) => response?.headers.get('content-security-policy') ?? '';
const hashed = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

it.each([
  { pages, frameSource: "'self'", frame: '/contoso-mcp/console/card' },
  {
    pages: withFrameOrigin,
    frameSource: frameOrigin,
    frame: 'https://cards.example.com/contoso-mcp/console/card',
  },
])(
  'serves a page that runs and loads nothing but its own files, frames $frame, and that nobody frames',
  async ({ pages, frameSource, frame }) => {
    const response = await pages(new Request(`${origin}/contoso-mcp/console?code=secret`));
    expect(policyOf(response).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      `frame-src ${frameSource}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(Object.fromEntries(response?.headers ?? [])).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    const text = (await response?.text()) ?? '';
    expect(text).not.toContain('secret');
    expect(text).toContain(` data-frame="${frame}"`);
    expect(text.replace(frame, '')).not.toMatch(/<script(?![^>]* src=)|<style|https?:| on[a-z]+=/);
  },
);

it.each([
  {
    what: 'no origin',
    pages,
    ancestors: "'self'",
    sandbox: 'allow-scripts',
    resource: 'same-origin',
  },
  {
    what: 'the origin set aside for it',
    pages: withFrameOrigin,
    // those of the consoles, which are both at one address
    ancestors: origin,
    sandbox: 'allow-scripts allow-same-origin',
    resource: 'cross-origin',
  },
])(
  'serves the page around cards with a policy of its own: scripts by their hashes, no address, $what',
  async ({ pages, ancestors, sandbox, resource }) => {
    const response = await pages(new Request(`${origin}/contoso-mcp/console/card`));
    expect(response?.headers.get('cross-origin-resource-policy')).toBe(resource);
    expect(policyOf(response).split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${[frameScript, 'first()', 'second()'].map(hashed).join(' ')}`,
      `style-src ${hashed('a{}')}`,
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${ancestors}`,
      `sandbox ${sandbox}`,
    ]);
  },
);

it('writes the name of a tenant as text', async () => {
  const site = { ...siteOf('contoso'), displayName: `"><script>alert(1)</script>` };
  const response = await consolePages({ sites: [site], cards: [] })(new Request(`${origin}/console`));
  expect(await response?.text()).not.toContain('alert(1)</script>');
});

it('has every file that a gateway has a route for, compressed for whoever takes that', async () => {
  for (const [name, type] of Object.entries(consoleFiles)) {
    const plain = await get(`/contoso-mcp/console/${name}`);
    const small = await get(`/contoso-mcp/console/${name}`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(plain?.headers.get('content-type')).toBe(type);
    expect(plain?.headers.get('content-encoding')).toBeNull();
    expect(small?.headers.get('content-encoding')).toBe('br');
    const sent = Buffer.from((await small?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(brotliDecompressSync(sent).toString()).toBe(await plain?.text());
  }
});

it('lets browsers keep the files of today, and no other', async () => {
  const kept = async (query: string) =>
    (await get(`/contoso-mcp/console/app.js${query}`))?.headers.get('cache-control');
  expect(await kept(`?v=${version}`)).toBe('public, max-age=31536000, immutable');
  expect(await kept('?v=another')).toBe('no-cache');
  expect(await kept('')).toBe('no-cache');
});

it('has nothing else', async () => {
  for (const path of ['/', '/console', '/contoso-mcp', '/contoso-mcp/console/index.ts', '/other/console']) {
    expect(await get(path), path).toBeUndefined();
  }
  for (const method of ['POST', 'PUT', 'DELETE']) {
    expect(await get('/contoso-mcp/console', { method })).toBeUndefined();
  }
  expect(consolePaths).toHaveLength(Object.keys(consoleFiles).length + 2);
});
