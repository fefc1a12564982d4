import { describe, expect, it } from 'vitest';
import { policyCompilers } from '#emulators/gateway/policies/index';
import { policyModels } from '#gateway/language/model';
import { inbound, policyXml, prepare } from './harness.ts';

const returned = (status: number, body = '') =>
  `<return-response><set-status code="${status}" reason="R" /><set-body>${body}</set-body></return-response>`;

it('runs exactly the policies of the model', () => {
  expect(Object.keys(policyCompilers).sort()).toEqual(Object.keys(policyModels).sort());
});

describe('set-header', () => {
  it.each([
    ['override', 'b', 'b'],
    ['skip', 'b', 'a'],
    ['append', 'b', 'a, b'],
    ['delete', undefined, null],
  ])('%s', async (action, value, wanted) => {
    const child = value === undefined ? '' : `<value>${value}</value>`;
    const xml = `<set-header name="X-Test" exists-action="${action}">${child}</set-header>`;
    const { exchange } = await inbound(xml, { headers: { 'x-test': 'a' } });
    expect(exchange.request.headers.get('x-test')).toBe(wanted);
  });

  it('overrides when it does not say', async () => {
    const { exchange } = await inbound('<set-header name="a"><value>1</value><value>2</value></set-header>');
    expect(exchange.request.headers.get('a')).toBe('1, 2');
  });
});

describe('choose', () => {
  const xml = `<choose>
    <when condition='@(context.Request.Headers.ContainsKey("a"))'><set-variable name="taken" value="a" /></when>
    <when condition='@(context.Request.Headers.ContainsKey("b"))'><set-variable name="taken" value="b" /></when>
    <otherwise><set-variable name="taken" value="none" /></otherwise>
  </choose>`;

  it.each([
    [{ a: '1', b: '1' }, 'a'],
    [{ b: '1' }, 'b'],
    [{}, 'none'],
  ])('takes the first branch that applies: %j', async (headers, wanted) => {
    const { exchange } = await inbound(xml, { headers });
    expect(exchange.variables.get('taken')).toBe(wanted);
  });

  it('goes on when no branch applies', async () => {
    const none = '<choose><when condition="false" /></choose><set-variable name="after" value="@(1)" />';
    expect((await inbound(none)).exchange.variables.get('after')).toBe(1);
  });
});

describe('return-response', () => {
  it('ends the pipeline with a new response', async () => {
    const { exchange } = await inbound(
      `<choose><when condition="true">${returned(418, 'tea')}</when></choose><set-variable name="after" value="" />`,
    );
    expect(exchange.response).toMatchObject({ statusCode: 418, statusReason: 'R', body: 'tea' });
    expect(exchange.variables.has('after')).toBe(false);
  });

  it('is 200 when it does not say', async () => {
    const { exchange } = await inbound('<return-response />');
    expect(exchange.response.statusCode).toBe(200);
  });
});

describe('check-header', () => {
  const xml = (ignoreCase: boolean) =>
    `<check-header name="A" failed-check-httpcode="400" failed-check-error-message="No." ignore-case="${ignoreCase}"><value>Yes</value></check-header>`;

  it.each([
    [{}, true, 'HeaderNotFound'],
    [{ a: 'other' }, true, 'HeaderValueNotAllowed'],
    [{ a: 'yes' }, false, 'HeaderValueNotAllowed'],
    [{ a: 'yes' }, true, undefined],
  ])('%j, ignoring case: %s', async (headers, ignoreCase, reason) => {
    const { exchange } = await inbound(xml(ignoreCase), { headers });
    expect(exchange.lastError?.reason).toBe(reason);
    expect(exchange.response.statusCode).toBe(reason === undefined ? 200 : 400);
  });
});

describe('rewrite-uri', () => {
  it.each([
    ['true', '?a=1'],
    ['false', ''],
  ])('fills the template and keeps the query: %s', async (keep, queryString) => {
    const xml = `<rewrite-uri template="/things/{id}" copy-unmatched-params="${keep}" />`;
    const { exchange } = await inbound(xml, { address: '/api/mcp?a=1', parameters: { id: 'a/b' } });
    expect(exchange.request.url).toMatchObject({ path: '/things/a%2Fb', queryString });
  });
});

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
