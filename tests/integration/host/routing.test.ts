import { describe, expect, test } from 'vitest';
import { createRouter, type HttpRoute } from '#emulators/host/http/router';
import { parseTemplate } from '#emulators/host/http/template';

describe('a route template', () => {
  test.each([
    ['orders', 'orders', {}],
    ['orders', 'ORDERS/', {}],
    ['/orders', 'orders', {}],
    ['orders/{id}', 'orders/7', { id: '7' }],
    ['orders/{id?}', 'orders', {}],
    ['orders/{id?}', 'orders/7', { id: '7' }],
    ['orders/{id=1}/{tab=items}', 'orders', { id: '1', tab: 'items' }],
    ['orders/{id:int=1}', 'orders/2', { id: '2' }],
    ['files/{*path}', 'files', {}],
    ['files/{*path}', 'files/a/b.txt', { path: 'a/b.txt' }],
    ['files/{**path}', 'files/a/b', { path: 'a/b' }],
    ['.well-known/x/{*path}', '.well-known/x/mcp', { path: 'mcp' }],
    ['{name}.{extension?}', 'read.me.txt', { name: 'read.me', extension: 'txt' }],
    ['{name}.{extension?}', 'readme', { name: 'readme' }],
    ['v{version:int}/x', 'v2/x', { version: '2' }],
    ['{{literal}}/x', '{literal}/x', {}],
    ['{ssn:regex(^\\d{{3}}-\\d{{2}}$)}', '123-45', { ssn: '123-45' }],
    ['{path:regex(^a/?$)}', 'a', { path: 'a' }],
  ])('%s matches /%s', (template, path, values) => {
    expect(parseTemplate(template).match(`/${path}`)).toEqual(values);
  });

  test.each([
    ['orders', 'order'],
    ['orders', 'orders/1'],
    ['orders/{id}', 'orders'],
    ['orders/{id}', 'orders/1/2'],
    ['a.c', 'abc'],
    ['{ssn:regex(^\\d{{3}}$)}', '1234'],
    ['{id:int:min(5)}', '4'],
  ])('%s does not match /%s', (template, path) => {
    expect(parseTemplate(template).match(`/${path}`)).toBeUndefined();
  });

  test.each([
    ['int', ['0', '-5', '2147483647'], ['2147483648', '1.5', 'x', '1e3']],
    ['long', ['9223372036854775807'], ['9223372036854775808']],
    ['bool', ['true', 'FALSE'], ['1', 'yes']],
    ['guid', ['7f8a2f3c-1b2d-4e5f-8a9b-0c1d2e3f4a5b', '7f8a2f3c1b2d4e5f8a9b0c1d2e3f4a5b'], ['7f8a2f3c', 'x']],
    ['alpha', ['abcXYZ'], ['a1', 'ä']],
    ['decimal', ['1.50', '-2'], ['1e5', 'x']],
    ['double', ['1e5', '.5'], ['x']],
    ['datetime', ['2026-01-31'], ['someday']],
    ['min(3)', ['3', '99'], ['2', 'x']],
    ['max(3)', ['3', '-1'], ['4']],
    ['range(1,9)', ['1', '9'], ['0', '10']],
    ['length(3)', ['abc'], ['ab', 'abcd']],
    ['length(2,3)', ['ab', 'abc'], ['a', 'abcd']],
    ['minlength(2)', ['ab'], ['a']],
    ['maxlength(2)', ['ab'], ['abc']],
    ['regex(^x\\d+$)', ['x1', 'X22'], ['y1']],
  ])('the constraint %s allows %j and not %j', (constraint, allowed, refused) => {
    const template = parseTemplate(`{value:${constraint}}`);
    for (const value of allowed) {
      expect(template.match(`/${value}`), value).toEqual({ value });
    }
    for (const value of refused) {
      expect(template.match(`/${value}`), value).toBeUndefined();
    }
  });

  test.each([
    ['{id:nosuch}', 'the constraint "nosuch" does not exist'],
    ['{id:min(x)}', 'needs a whole number'],
    ['a//b', '"//"'],
    ['{id', 'braces'],
    ['{id}/{ID}', 'appears twice'],
    ['~/x', '"~"'],
    ['{id?x}', 'cannot be read'],
  ])('%s is refused', (template, reason) => {
    expect(() => parseTemplate(template)).toThrow(reason);
  });
});

describe('the router', () => {
  const router = createRouter([
    route('byNumber', 'orders/{id:int}', ['GET']),
    route('byName', 'orders/{name}', ['GET', 'POST']),
    route('latest', 'orders/latest', ['GET']),
    route('anyMethod', 'any', []),
  ]);

  test('takes the first registered route that matches, not the most specific one', () => {
    expect(router.match('GET', '/orders/5')?.route.functionName).toBe('byNumber');
    expect(router.match('GET', '/orders/latest')?.route.functionName).toBe('byName');
  });

  test('goes on to the next route when the method does not fit', () => {
    expect(router.match('POST', '/orders/5')?.route.functionName).toBe('byName');
  });

  test('finds nothing for a wrong method, so that the answer is 404', () => {
    expect(router.match('DELETE', '/orders/5')).toBeUndefined();
    expect(router.match('HEAD', '/orders/5')).toBeUndefined();
  });

  test('takes every method when none is named', () => {
    expect(router.match('PATCH', '/any')?.route.functionName).toBe('anyMethod');
  });

  test('decodes values, but leaves an encoded slash as it is', () => {
    expect(router.match('GET', '/orders/a%20b%2Fc')?.params).toEqual({ name: 'a b%2Fc' });
    expect(router.match('GET', '/orders/%E0%A4%A')?.params).toEqual({ name: '%E0%A4%A' });
  });
});

function route(functionName: string, template: string, methods: string[]): HttpRoute {
  return {
    functionName,
    bindingName: 'request',
    methods,
    template,
    pattern: parseTemplate(template),
    authLevel: 'anonymous',
  };
}
