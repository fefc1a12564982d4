import { tenantId } from '#platform/identity/tenant';
import { SessionIds } from '#platform/mcp/sessions/session-id';
import { must, objectIn, type Target } from '../target.ts';

const ids = new SessionIds(['a key of the tests that has at least 32 bytes'], () => new Date());
const principal = {
  tenant: tenantId('acme'),
  user: 'directory:ada',
  application: 'tests',
  actor: 'person',
  roles: [],
  permissions: new Set<string>(),
  expiresAt: 4_102_444_800,
} as const;
const other = { ...principal, user: 'directory:ben' };

/** What a client says of itself makes an id that its owner can use and nobody else; what nobody issued opens nothing. */
export const fuzz: Target = (data) => {
  const text = data.toString();
  must(ids.open(text, principal) === undefined, 'what nobody issued opens nothing');
  const id = ids.issue(objectIn(data) ?? text, principal);
  must(ids.open(id, principal) !== undefined, 'its owner can use it');
  must(ids.open(id, other) === undefined, 'nobody else can');
  must(ids.open(`${id}${text[0] ?? '.'}`, principal) === undefined, 'not a letter can be added');
};
