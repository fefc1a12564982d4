import { describe, expect, it } from 'vitest';
import { compileExpression } from '#gateway/language/expressions/compile';

const position = { file: 'policy.xml', line: 7 };

describe('what stops the start', () => {
  it.each([
    ['@(context.User.Id)', 'context has no property User'],
    ['@(context.Response.Body)', 'response has no property Body'],
    ['@(context.constructor)', 'context has no property constructor'],
    ['@("a".toString())', 'string has no method toString'],
    ['@("a".Contains(1))', 'Contains does not take (int)'],
    ['@(context.Variables["a"] == "b")', '== does not work on a object and a string'],
    ['@(1 == "1")', '== does not work on a int and a string'],
    ['@("a" && true)', '&& does not work'],
    ['@(true ? 1 : "a")', 'a int is needed where there is a string'],
    ['@((int)"1")', 'a string cannot be cast to int'],
    ['@(other)', '"other" is not known'],
    ['@(System.IO.File.ReadAllText("/etc/passwd"))', '"System" is not known'],
    ["@('a')", `unsupported "'"`],
    ['@($"a")', 'unsupported "$"'],
    ['@(new Uri("http://a"))', 'the expression needs JObject'],
    ['@(1 +)', 'the expression needs a value'],
    ['@("a" "b")', 'the expression needs its end'],
    ['@(context.Variables.GetValueOrDefault("a"))', 'with a type in angle brackets'],
    ['@{ var a = 1; }', 'not every way through the block returns'],
    ['@{ return 1; return 2; }', 'nothing can follow a return'],
    ['@{ var a = 1; var a = 2; return a; }', 'a is defined already'],
    ['@{ foreach (var a in b) { } }', 'the expression needs var, if or return'],
    ['@(1', 'an expression is written'],
    ['@(__proto__)', '"__proto__" is not known'],
    ['@(constructor)', '"constructor" is not known'],
  ])('%s', (source, message) => {
    expect(() => compileExpression(source, position)).toThrow(message);
  });

  it.each([
    ['deep', `@(${'('.repeat(5_000)}1${')'.repeat(5_000)})`, 'an expression nests at most 50 levels deep'],
    ['long', `@(1${'+1'.repeat(50_000)})`, 'an expression has at most 2000 words and signs'],
  ])('one that is too %s to be read by recursion', (_, source, message) => {
    expect(() => compileExpression(source, position)).toThrow(message);
  });

  it('names the line inside a long expression', () => {
    expect(() => compileExpression('@{\n  var a = 1;\n  return b;\n}', position)).toThrow(
      'policy.xml:9: "b"',
    );
  });
});
