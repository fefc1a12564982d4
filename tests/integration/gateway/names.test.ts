import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '#emulators/gateway/gateway';
import { bundleOf, policyXml } from '../../unit/gateway/harness.ts';

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((at) => at?.address === '::1');
const names = ['127.0.0.1', 'localhost', ...(hasIpv6 ? ['[::1]'] : [])];

describe('a gateway that clients reach under several names', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    const answer =
      '<return-response><set-status code="200" reason="OK" /><set-body>{{public-base-url}}</set-body></return-response>';
    const limit = `<rate-limit-by-key calls="${names.length}" renewal-period="60" counter-key="one" />`;
    gateway = await startGateway({
      policies: bundleOf({ global: policyXml({ inbound: limit + answer }) }),
      namedValues: (origin) => ({ 'public-base-url': origin }),
      backends: {},
    });
  });

  afterAll(async () => {
    await gateway?.stop();
  });

  it('answers with the name that was asked for, and counts calls under all names together', async () => {
    const addresses = names.map((name) => gateway.origin.replace('127.0.0.1', name));
    for (const address of addresses) {
      const answer = await fetch(`${address}/api/mcp`);
      expect(await answer.text()).toBe(address);
    }
    for (const address of addresses) {
      expect((await fetch(`${address}/api/mcp`)).status).toBe(429);
    }
  });
});
