import { describe, expect, it } from 'vitest';
import { compileExpression } from '#gateway/language/expressions/compile';
import { Jwt } from '#gateway/language/expressions/context';
import { exchangeOf } from './harness.ts';

const position = { file: 'policy.xml', line: 7 };

function evaluate(source: string): unknown {
  const exchange = exchangeOf({
    address: '/api/mcp?a=1',
    headers: { 'Mcp-Name': 'get_products' },
    parameters: { id: '7' },
  });
  exchange.variables.set('text', 'Hello');
  exchange.variables.set('count', 3);
  exchange.variables.set('jwt', new Jwt({ iss: 'https://issuer', tid: 't', roles: ['query', 'billing'] }));
  return compileExpression(source, position).run({ context: exchange, locals: new Map() });
}

describe('values', () => {
  it.each([
    ['@(1 + 2 - 4)', -1],
    ['@("a" + 1 + "b")', 'a1b'],
    ['@("say \\"hi\\"")', 'say "hi"'],
    ['@(true && !false || false)', true],
    ['@(1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3)', true],
    ['@("a" == "a" ? "same" : "other")', 'same'],
    ['@("a" != "a" ? 1 : "b" == "c" ? 2 : 3)', 3],
    ['@(context.Request.Headers.GetValueOrDefault("none") ?? "otherwise")', 'otherwise'],
    ['@(new string[] { "a", "b" }.Contains("b"))', true],
    ['@(new [] { "a" }.Length)', 1],
    ['@(string.Join(",", new [] { "a", "b" }))', 'a,b'],
    ['@(string.IsNullOrEmpty(""))', true],
    ['@(int.Parse("12") + 1)', 13],
    ['@(Convert.ToInt32(context.Variables["count"]).ToString())', '3'],
  ])('%s is %j', (source, wanted) => {
    expect(evaluate(source)).toBe(wanted);
  });
});

describe('texts', () => {
  it.each([
    ['Length', 5],
    ['Contains("ell")', true],
    ['StartsWith("He")', true],
    ['EndsWith("He")', false],
    ['IndexOf("l")', 2],
    ['Replace("l", "L")', 'HeLLo'],
    ['Substring(1)', 'ello'],
    ['Substring(1, 2)', 'el'],
    ['ToLowerInvariant()', 'hello'],
    ['ToUpperInvariant()', 'HELLO'],
    ['Trim()', 'Hello'],
  ])('%s', (call, wanted) => {
    expect(evaluate(`@(((string)context.Variables["text"]).${call})`)).toBe(wanted);
  });
});

describe('context', () => {
  it.each([
    ['context.Request.Method', 'GET'],
    ['context.Request.IpAddress', '203.0.113.7'],
    ['context.Request.OriginalUrl.Path', '/api/mcp'],
    ['context.Request.OriginalUrl.QueryString', '?a=1'],
    ['context.Request.OriginalUrl.Host', 'gateway.example'],
    ['context.Request.Url.Path', '/mcp'],
    ['context.Request.Headers.GetValueOrDefault("mcp-name", "")', 'get_products'],
    ['context.Request.Headers.ContainsKey("Authorization")', false],
    ['context.Request.MatchedParameters["id"]', '7'],
    ['context.Request.MatchedParameters.GetValueOrDefault("other", "none")', 'none'],
    ['context.RequestId.ToString("N")', '0123456789abcdef0123456789abcdef'],
    ['context.Api.Path + context.Operation.UrlTemplate', 'api/mcp'],
    ['context.Variables.GetValueOrDefault<string>("text")', 'Hello'],
    ['context.Variables.GetValueOrDefault<int>("other", 5)', 5],
    ['context.Variables.GetValueOrDefault<bool>("other")', false],
    ['context.Variables.ContainsKey("count")', true],
    ['((Jwt)context.Variables["jwt"]).Issuer', 'https://issuer'],
    ['((Jwt)context.Variables["jwt"]).Claims["roles"].Contains("billing")', true],
    ['((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("roles", "")', 'query,billing'],
    ['context.LastError == null', true],
  ])('%s', (source, wanted) => {
    expect(evaluate(`@(${source})`)).toBe(wanted);
  });
});

it('builds JSON', () => {
  const source =
    '@(new JObject(new JProperty("a", 1), new JProperty("b", new JArray("x", true))).ToString())';
  expect(JSON.parse(String(evaluate(source)))).toEqual({ a: 1, b: ['x', true] });
});

it('runs blocks with variables and branches', () => {
  const block =
    '@{ var n = (int)context.Variables["count"]; if (n > 2) { var big = "big"; return big; } else { return "small"; } }';
  expect(evaluate(block)).toBe('big');
});

describe('what fails while it runs, as in C#', () => {
  it.each([
    ['@((string)context.Variables["other"])', 'no element'],
    ['@((string)context.Variables["count"])', 'not of the type string'],
    ['@(context.Variables.GetValueOrDefault<string>("count", ""))', 'not of the type string'],
    ['@(context.LastError.Reason)', 'null'],
    ['@("abc".Substring(4))', 'beyond'],
    ['@(int.Parse("x"))', 'not a whole number'],
    ['@(((Jwt)context.Variables["jwt"]).Claims["scp"].Contains("a"))', 'no element'],
  ])('%s', (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });
});
