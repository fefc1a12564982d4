import { describe, expect, it } from 'vitest';
import { policyCompilers } from '#emulators/gateway/policies/index';
import { policyModels } from '#gateway/language/model';
import { inbound } from './harness.ts';
import { returned } from './returned-policy.ts';

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
