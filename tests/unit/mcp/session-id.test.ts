import { expect, it } from 'vitest';
import { tenantId } from '#platform/identity/tenant';
import { SessionIds } from '#platform/mcp/sessions/session-id';

const ids = new SessionIds(['a key of the tests that has at least 32 bytes'], () => new Date());
const ada = {
  tenant: tenantId('acme'),
  user: 'directory:ada',
  application: 'tests',
  actor: 'person',
  roles: [],
  permissions: new Set<string>(),
  expiresAt: 4_102_444_800,
} as const;
const id = ids.issue({}, ada);

it('opens for its owner', () => {
  expect(ids.open(id, ada)).toBeDefined();
  expect(ids.open(id, { ...ada, user: 'directory:ben' })).toBeUndefined();
});

it.each(['.', '.x', '..', 'A', ' '])('has one spelling: not with %j at its end', (more) => {
  expect(ids.open(`${id}${more}`, ada)).toBeUndefined();
});
