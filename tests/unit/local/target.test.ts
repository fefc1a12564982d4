import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { requestUrl } from '#emulators/http/target';

const urlOf = (url: string, host: string | undefined = 'localhost:7071') =>
  requestUrl({ url, headers: { host } } as IncomingMessage)?.href;

describe('the address that a request asks for', () => {
  it.each([
    ['/mcp?a=1', 'http://localhost:7071/mcp?a=1'],
    ['/x/../mcp', 'http://localhost:7071/mcp'],
    ['http://elsewhere.example/mcp?a=1', 'http://localhost:7071/mcp?a=1'],
    ['https://user:secret@elsewhere.example:8443/mcp', 'http://localhost:7071/mcp'],
    ['HTTP://elsewhere.example', 'http://localhost:7071/'],
    ['//elsewhere.example/mcp', 'http://localhost:7071//elsewhere.example/mcp'],
    ['/\\elsewhere.example/mcp', 'http://localhost:7071//elsewhere.example/mcp'],
    ['/@elsewhere.example/mcp', 'http://localhost:7071/@elsewhere.example/mcp'],
  ])('%s is %s', (target, address) => {
    expect(urlOf(target)).toBe(address);
  });

  it.each(['*', '', 'elsewhere.example:443', 'ftp://elsewhere.example/mcp', 'http://'])(
    '%j names none',
    (target) => {
      expect(urlOf(target)).toBeUndefined();
    },
  );

  it.each(['elsewhere.example/mcp', 'user@elsewhere.example', 'elsewhere.example?a', 'a b', ''])(
    'a Host of %j is none',
    (host) => {
      expect(urlOf('/mcp', host)).toBeUndefined();
    },
  );
});
