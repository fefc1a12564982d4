import assert from 'node:assert/strict';
import { backendKey } from '../world.ts';
import { assertForwarded } from './assertions.ts';
import { everywhere, send, userToken } from './case.ts';

/** Headers that a client must not be able to give the backend; kept here apart from the policy on purpose. */
export const forgeable = [
  'X-Tenant-Id',
  'X-Tenant-Slug',
  'X-Tenant-Name',
  'X-User-Id',
  'X-User-Name',
  'X-User-Email',
  'X-User-Roles',
  'X-Authenticated-User',
  'X-Authenticated-Userid',
  'X-Authenticated-Roles',
  'X-MS-CLIENT-PRINCIPAL',
  'X-MS-CLIENT-PRINCIPAL-ID',
  'X-MS-CLIENT-PRINCIPAL-NAME',
  'X-MS-CLIENT-PRINCIPAL-IDP',
  'X-MS-TOKEN-AAD-ACCESS-TOKEN',
  'X-MS-TOKEN-AAD-ID-TOKEN',
  'X-Gateway-Key',
  'X-Functions-Key',
  'X-Forwarded-Host',
  'X-Original-URL',
  'X-HTTP-Method-Override',
];

const set = ['x-tenant-id', 'x-gateway-key'];

export const forgeryCases = everywhere((tenant, path) => ({
  name: `nothing forged reaches ${tenant} ${path}, and what the gateway says does`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const headers = Object.fromEntries(forgeable.map((name) => [name, 'forged']));
    const outcome = await send(edge, surroundings, { tenant, path, token, headers });
    const arrival = assertForwarded(outcome, tenant);
    for (const name of forgeable.map((one) => one.toLowerCase()).filter((one) => !set.includes(one))) {
      assert.equal(arrival.headers[name], undefined, name);
    }
    assert.equal(arrival.headers['x-tenant-id'], tenant);
    assert.equal(arrival.headers['x-gateway-key'], backendKey);
    assert.equal(arrival.headers.authorization, `Bearer ${token}`);
  },
}));
