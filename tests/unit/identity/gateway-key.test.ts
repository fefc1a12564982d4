import { describe, expect, it } from 'vitest';
import { fromGateway } from '#platform/identity/gateway-key';

const request = (key?: string) =>
  new Request('http://localhost/mcp', { headers: key === undefined ? {} : { 'X-Gateway-Key': key } });

describe('the gateway key', () => {
  it('is not asked for when there is none', () => {
    expect(fromGateway([])(request())).toBe(true);
  });

  it('lets through what shows it', () => {
    expect(fromGateway(['secret-one'])(request('secret-one'))).toBe(true);
  });

  it('may be either of two while one is being replaced', () => {
    const check = fromGateway(['old', 'new']);
    expect([check(request('old')), check(request('new'))]).toEqual([true, true]);
  });

  it.each([undefined, '', 'wrong', 'secret-on', 'secret-one, secret-one'])('keeps out %j', (key) => {
    expect(fromGateway(['secret-one'])(request(key))).toBe(false);
  });
});
