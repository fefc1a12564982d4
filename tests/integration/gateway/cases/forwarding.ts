import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { policiesFolder } from '#gateway/registry';
import { assertForwarded, assertRefused } from './assertions.ts';
import { type Case, everywhere, metadataAddress, otherOf, send, userToken } from './case.ts';

import { forgeable, forgeryCases } from './forged-headers.ts';

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
