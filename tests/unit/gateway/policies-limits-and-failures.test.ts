import { describe, expect, it } from 'vitest';
import { inbound, policyXml, prepare } from './harness.ts';
import { returned } from './returned-policy.ts';

describe('rate-limit-by-key', () => {
  const xml = `<rate-limit-by-key calls="2" renewal-period="60" counter-key='@(context.Request.Headers.GetValueOrDefault("key", ""))'
    remaining-calls-variable-name="left" remaining-calls-header-name="X-Left" retry-after-variable-name="wait" />`;

  it('counts by key, refuses, and begins again when the period is over', async () => {
    let now = 0;
    const run = prepare({ global: policyXml({ inbound: xml }) }, { now: () => now });
    const call = async (key: string) => (await run({ headers: { key } })).exchange;
    expect((await call('a')).variables.get('left')).toBe(1);
    expect((await call('a')).addedHeaders.get('x-left')).toBe('0');
    now = 29_500;
    const refused = await call('a');
    expect(refused.lastError).toMatchObject({ source: 'rate-limit-by-key', reason: 'RateLimitExceeded' });
    expect(refused.response.statusCode).toBe(429);
    expect(refused.response.headers.get('retry-after')).toBe('31');
    expect(refused.variables.get('wait')).toBe(31);
    expect((await call('b')).lastError).toBeUndefined();
    now = 60_000;
    expect((await call('a')).lastError).toBeUndefined();
  });
});

describe('set-backend-service and forward-request', () => {
  it('fail when the backend is not known, or none was chosen', async () => {
    const chosen = await inbound('<set-backend-service backend-id="gone" />');
    expect(chosen.exchange.lastError).toMatchObject({ source: 'set-backend-service' });
    const run = prepare({ global: policyXml({ backend: '<forward-request buffer-response="false" />' }) });
    expect((await run()).exchange.lastError).toMatchObject({
      source: 'forward-request',
      reason: 'BackendNotSet',
    });
  });
});

it('trace tells what it is told', async () => {
  const { traces } = await inbound(
    '<trace source="s" severity="error"><message>@("m" + 1)</message><metadata name="a" value="b" /></trace>',
  );
  expect(traces).toEqual([{ source: 's', severity: 'error', message: 'm1', metadata: { a: 'b' } }]);
});

describe('scopes and failures', () => {
  const mark = (name: string) =>
    `<set-header name="Seen" exists-action="append"><value>${name}</value></set-header>`;

  it('puts the outer scope where base stands', async () => {
    const run = prepare({
      global: policyXml({ inbound: mark('global') }),
      api: policyXml({ inbound: `${mark('before')}<base />${mark('after')}` }),
    });
    expect((await run()).exchange.request.headers.get('seen')).toBe('before, global, after');
  });

  it('leaves the outer scope out without base', async () => {
    const run = prepare({ global: policyXml({ inbound: mark('global') }), api: policyXml({}) });
    expect((await run()).exchange.request.headers.get('seen')).toBeNull();
  });

  it('puts in fragments and named values', async () => {
    const run = prepare({
      global: policyXml({ inbound: '<include-fragment fragment-id="f" />' }),
      fragments: { f: `<fragment>${mark('{{who}}')}</fragment>` },
      values: { who: 'me' },
    });
    expect((await run()).exchange.request.headers.get('seen')).toBe('me');
  });

  it('hands a failed policy to on-error, which changes the response', async () => {
    const run = prepare({
      global: policyXml({
        inbound: `<set-variable name="a" value='@((string)context.Variables["none"])' />`,
        'on-error': `<set-header name="Why"><value>@(context.LastError.Source + " " + context.LastError.Reason + " " + context.Response.StatusCode)</value></set-header>`,
      }),
    });
    const { response } = (await run()).exchange;
    expect(response.headers.get('why')).toBe('set-variable ExpressionValueEvaluationFailure 500');
    expect(JSON.parse(String(response.body))).toMatchObject({ statusCode: 500 });
  });

  it('does not run on-error after a response that a policy returned', async () => {
    const run = prepare({ global: policyXml({ inbound: returned(401), 'on-error': returned(500) }) });
    expect((await run()).exchange.response.statusCode).toBe(401);
  });
});
