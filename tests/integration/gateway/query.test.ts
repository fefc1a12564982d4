import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Gateway, startGateway } from '#emulators/gateway/gateway';
import { queryLimit } from '#gateway/language/limits';
import { bundleOf, policyXml } from '../../unit/gateway/harness.ts';

let gateway: Gateway;

beforeAll(async () => {
  const policies = bundleOf({ global: policyXml({ inbound: '<return-response />' }) });
  gateway = await startGateway({ policies, namedValues: {}, backends: {} });
});

afterAll(async () => {
  await gateway?.stop();
});

it.each([
  ['as long as API Management takes', queryLimit, 200],
  ['one byte longer', queryLimit + 1, 404],
])('a query %s', async (_, bytes, status) => {
  const answer = await fetch(`${gateway.origin}/api/mcp?${'q'.repeat(bytes)}`);
  expect(answer.status).toBe(status);
});
