import { expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { development, problemWith, tenants } from './development.ts';

const withUnit = (unit: object) =>
  JSON.stringify(JSON.parse(tenants).map((tenant: object) => ({ ...tenant, ...unit })));
const group = 'AB000000-0000-4000-8000-000000000001';

it('who may enter a business unit and what it has are taken as they are written, ids in small letters', () => {
  const unit = {
    enter: { roles: ['sales'], groups: [group] },
    tools: ['get_products', 'prompt:explain_invoice'],
  };
  const { tenants: served } = readSettings({ ...development, TENANTS: withUnit(unit) });
  expect(served).toMatchObject([{ ...unit, enter: { roles: ['sales'], groups: [group.toLowerCase()] } }]);
});

it.each([
  ['nobody who may enter', { enter: {} }, /must name a role or a group/],
  ['empty lists', { enter: { roles: [], groups: [] } }, /must name a role or a group/],
  ['a group that is no id', { enter: { groups: ['sales'] } }, /enter\.groups\.0/],
  ['a role that would end a policy', { enter: { roles: ['a") || true || x("'] } }, /enter\.roles\.0/],
  ['something unknown', { enter: { users: ['a'] } }, /enter/],
  ['no tools', { tools: [] }, /tools/],
  ['a tool that is no name', { tools: ['get products'] }, /tools\.0/],
])('stops the start with %s', (_what, unit, message) => {
  expect(problemWith({ TENANTS: withUnit(unit) })).toMatch(message);
});

it('a backend serves one business unit of a directory only', () => {
  const [one] = JSON.parse(tenants);
  const TENANTS = JSON.stringify([one, { ...one, slug: 'sales', enter: { roles: ['sales'] } }]);
  expect(problemWith({ TENANTS })).toMatch(/directory id .* twice/);
});
