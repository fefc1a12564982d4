import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { policiesFolder } from '#gateway/registry';
import { backendKey } from '../world.ts';
import {
  assertForwarded,
  assertRefused,
  type Case,
  everywhere,
  metadataAddress,
  otherOf,
  send,
  userToken,
} from './case.ts';

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

const forgeryCases = everywhere((tenant, path) => ({
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

const addressCases = everywhere((tenant, path) => ({
  name: `${tenant} ${path} is forwarded as ${path}, without its query`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const query = '?access_token=secret';
    const outcome = await send(edge, surroundings, { tenant, path, token, query });
    assert.equal(assertForwarded(outcome, tenant).url, path);
    assert.deepEqual([...new Set(edge.timeouts)], [230]);
  },
}));

const slashCases = everywhere((tenant, path) => ({
  name: `${tenant} ${path}/ is forwarded as ${path}, without a redirect`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const call = { tenant, path: `${path}/`, token } as const;
    assert.equal(assertForwarded(await send(edge, surroundings, call), tenant).url, path);
    const stranger = await userToken(surroundings.authority, otherOf(tenant), 'query');
    const refused = await send(edge, surroundings, { ...call, token: stranger });
    assertRefused(refused, 403, 'Forbidden', 'Your organisation may not use this address.');
    const metadata = await fetch(`${metadataAddress(edge, tenant, path)}/`);
    assert.equal(metadata.status, 200);
  },
}));

/** W3C Trace Context, version 00. */
export const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/;

const traceCase: Case = {
  name: 'a trace goes on, or begins at the gateway',
  variant: 'ordinary',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, 'contoso', 'query');
    const call = { tenant: 'contoso', path: '/mcp', token } as const;
    const begun = assertForwarded(await send(edge, surroundings, call), 'contoso');
    assert.match(String(begun.headers.traceparent), traceparent);
    const sent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { traceparent: sent };
    const continued = assertForwarded(await send(edge, surroundings, { ...call, headers }), 'contoso');
    assert.equal(continued.headers.traceparent, sent);
  },
};

/** on-error is for policies: what the backend answers goes through outbound, whatever it is. */
const answerCases = everywhere((tenant, path) => ({
  name: `the backend’s own refusals pass ${tenant} ${path} untouched`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    for (const status of [401, 403, 429, 500]) {
      const headers = { 'x-answer': String(status) };
      const outcome = await send(edge, surroundings, { tenant, path, token, headers });
      assertForwarded(outcome, tenant, status);
      assert.equal(outcome.headers.get('www-authenticate'), 'Bearer realm="backend"');
    }
  },
}));

const listCase: Case = {
  name: 'every header that the policy deletes is in the table above',
  variant: 'ordinary',
  async run() {
    const policy = readFileSync(`${policiesFolder}fragments/strip-headers.xml`, 'utf8');
    const deleted = [...policy.matchAll(/name="([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(deleted, forgeable);
  },
};

export const forwardingCases: readonly Case[] = [
  ...forgeryCases,
  ...addressCases,
  ...slashCases,
  traceCase,
  ...answerCases,
  listCase,
];
