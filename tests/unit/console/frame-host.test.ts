import { describe, expect, it } from 'vitest';
import { consolePaths } from '#platform/console/files';
import { servedUnderName } from '#platform/console/frame-host';
import { origin, two } from '../sign-in/served-sites.ts';

const options = { publicBaseUrl: origin, sites: two };
const serves = servedUnderName({ ...options, frameOrigin: 'https://cards.example.com' });
const card = '/contoso-mcp/console/card';
const asked = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Request(`https://backend.example${path}`, { method, headers });

/** Everything that there is, and what there might be one day. */
const others = [
  '/',
  '/mcp',
  '/contoso-mcp/mcp',
  '/contoso-mcp/agentic/mcp',
  '/contoso-mcp/oauth/token',
  '/contoso-mcp/.well-known/oauth-authorization-server',
  '/.well-known/oauth-protected-resource/contoso-mcp/mcp',
  '/.well-known/oauth-authorization-server/contoso-mcp',
  '/gateway/refusals',
  '/health/live',
  '/health/ready',
  '/console/card',
  '/contoso-mcp/console/card/more',
  '/not-yet',
  ...consolePaths.map((path) => `/contoso-mcp${path}`).filter((path) => path !== card),
];

describe('the host name that is set aside for the frames of cards', () => {
  it.each([
    ['asked directly', { host: 'cards.example.com' }],
    ['with a port, in capitals', { host: 'Cards.Example.Com:443' }],
    ['through a gateway that says so', { host: 'backend.example', 'x-forwarded-host': 'cards.example.com' }],
    [
      'under another name for the gateway',
      { host: 'cards.example.com', 'x-forwarded-host': 'mcp.example.com' },
    ],
  ])('has their page and nothing else: %s', (_how, headers) => {
    expect(serves(asked(card, headers))).toBe(true);
    for (const path of others) {
      expect(serves(asked(path, headers)), path).toBe(false);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      expect(serves(asked(card, headers, method)), method).toBe(false);
    }
  });

  it('takes that page from the own address, where it would have the origin of the console', () => {
    for (const headers of [
      { host: 'mcp.example.com' },
      { host: 'backend.example', 'x-forwarded-host': 'mcp.example.com' },
    ]) {
      expect(serves(asked(card, headers))).toBe(false);
      expect(others.every((path) => serves(asked(path, headers)))).toBe(true);
    }
  });

  it('is nothing special where it is not set', () => {
    const unset = servedUnderName({ ...options, frameOrigin: undefined });
    for (const host of ['mcp.example.com', 'cards.example.com']) {
      expect([card, ...others].every((path) => unset(asked(path, { host })))).toBe(true);
    }
  });
});
