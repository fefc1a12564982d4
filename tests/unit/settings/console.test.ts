import { expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { development, jwt, problemWith, problemWithJwt } from './development.ts';

it('cards have an origin only where one is set', () => {
  expect(readSettings(jwt).frameOrigin).toBeUndefined();
  expect(readSettings({ ...jwt, CONSOLE_FRAME_ORIGIN: '' }).frameOrigin).toBeUndefined();
  const settings = readSettings({ ...jwt, CONSOLE_FRAME_ORIGIN: 'https://cards.example.com' });
  expect(settings.frameOrigin).toBe('https://cards.example.com');
  // no other part of the service answers there
  expect(settings.allowedHosts).not.toContain('cards.example.com');
});

it('on one machine it is another name of that machine, which is none of the service any more', () => {
  const settings = readSettings({ ...development, CONSOLE_FRAME_ORIGIN: 'http://127.0.0.1:8000' });
  expect(settings.allowedHosts).toEqual(['localhost', '[::1]']);
  const behindGateway = { ...development, PUBLIC_BASE_URL: 'http://127.0.0.1:8000' };
  expect(
    readSettings({ ...behindGateway, CONSOLE_FRAME_ORIGIN: 'http://localhost:8000' }).allowedHosts,
  ).toEqual(['127.0.0.1', '[::1]']);
  expect(settings.allowedOrigins).not.toContain('127.0.0.1');
});

it.each([
  ['cards.example.com', /it must be an origin/],
  ['https://cards.example.com/', /it must be an origin/],
  ['https://cards.example.com/console', /it must be an origin/],
  ['https://Cards.example.com', /it must be an origin/],
  ['https://cards.example.com:443', /it must be an origin/],
  ['https://user@cards.example.com', /it must be an origin/],
  ['https://cards.example.com; script-src *', /it must be an origin/],
  ['https://*.example.com', /it must be an origin/],
  ['https://cards.example.com;b', /it must be an origin/],
  ["https://cards'.example.com", /it must be an origin/],
  ["'self'", /it must be an origin/],
  ['null', /it must be an origin/],
  ['data:text/html,x', /it must be an origin/],
  ['ftp://cards.example.com', /it must be an origin/],
  ['http://cards.example.com', /outside this machine it must begin with https/],
  ['https://mcp.example.com', /a host name of its own/],
  // cookies and the host rule know no ports
  ['https://mcp.example.com:8443', /a host name of its own/],
  ['https://also.example.com', /a host name of its own/],
])('%s is refused', (value, sentence) => {
  const problem = problemWithJwt({ CONSOLE_FRAME_ORIGIN: value, ALLOWED_HOSTS: 'Also.example.com' });
  expect(problem).toMatch(/^CONSOLE_FRAME_ORIGIN is "/);
  expect(problem).toMatch(sentence);
});

it('the address that the gateway hides is the service’s own, too', () => {
  const changes = {
    PUBLIC_BASE_URL: 'https://gateway.example.com',
    CONSOLE_FRAME_ORIGIN: 'https://mcp.example.com',
  };
  expect(problemWithJwt(changes)).toMatch(/a host name of its own/);
  expect(problemWith({ CONSOLE_FRAME_ORIGIN: 'http://localhost:8000' })).toMatch(/a host name of its own/);
});
