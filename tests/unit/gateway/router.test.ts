import { expect, it } from 'vitest';
import { findOperation } from '#emulators/gateway/router';
import type { ApisDescription } from '#gateway/language/bundle';

const api = (path: string, ...operations: [string, 'GET' | 'POST', string][]) => ({
  id: path,
  displayName: path,
  path,
  subscriptionRequired: false as const,
  operations: operations.map(([id, method, urlTemplate]) => ({ id, method, urlTemplate })),
});

const description: ApisDescription = {
  generated: '',
  policy: 'global.xml',
  backends: [],
  apis: [
    api('shop', ['list', 'GET', '/things'], ['thing', 'GET', '/things/{id}'], ['add', 'POST', '/things']),
    api('shop/admin', ['all', 'GET', '/things']),
  ],
};

it.each([
  ['GET', '/shop/things', 'list'],
  ['POST', '/shop/things', 'add'],
  ['GET', '/shop/things/7', 'thing'],
  ['GET', '/shop/admin/things', 'all'],
  ['DELETE', '/shop/things', undefined],
  ['GET', '/shop/things/', 'list'],
  ['GET', '/shop/things/7/', 'thing'],
  ['GET', '/shop/things//', undefined],
  ['GET', '/shop//things', undefined],
  ['GET', '/shop/things/7/more', undefined],
  ['GET', '/shopping/things', undefined],
  ['GET', '/things', undefined],
])('%s %s is %s', (method, path, id) => {
  expect(findOperation(description, method, path)?.operation.id).toBe(id);
});

it('tells parameters, and the path below the API', () => {
  const match = findOperation(description, 'GET', '/shop/things/7');
  expect(match?.parameters.get('id')).toBe('7');
  expect(match?.path).toBe('/things/7');
});
