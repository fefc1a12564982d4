import { type Control, controlsIn, signInRoom } from '../control.ts';

const own = controlsIn(`${signInRoom}/own`);
const store = controlsIn('shared/platform/storage');
const kept = '((globalThis.keptRoles ??= new Map()))';

/** Of accounts that the service has itself, and of invitations to them. */
export const accountControls: readonly Control[] = [
  store(
    'people-store.ts',
    'an invitation is used up',
    'const used = { ...person, invitation: undefined };',
    'const used = { ...person };',
    'an invitation that was used',
  ),
  store(
    'people-store.ts',
    'of two who use an invitation at once one comes too late',
    '{ replace: rowOf(used), etag: person.etag },',
    '{ upsert: rowOf(used) },',
    'an invitation that is used by two at once',
  ),
  own('invite-operation.ts', 'an invitation ends', ' || expires <= now()', '', 'an invitation after a week'),
  own(
    'invite-operation.ts',
    'an invitation is its token’s',
    '!isSame(tokenDigest(token), digest) || ',
    '',
    'an invitation with a guess for a token',
    'an invitation under the name of somebody else who is invited',
  ),
  own(
    'invitation.ts',
    'what is kept of an invitation does not open it',
    "createHash('sha256').update(token).digest('base64url')",
    'token',
    'an invitation that is made of what is kept of it',
  ),
  store(
    'people-store.ts',
    'an organisation has its own people',
    'const store = opened.get(tenant) ?? peopleStore(storage, tenant);',
    'const store = opened.values().next().value ?? peopleStore(storage, tenant);',
    'an invitation at another organisation',
    'a passkey at another organisation',
  ),
  {
    control: 'who is removed has no passkey any more',
    changes: [
      {
        file: `${signInRoom}/own/passkey-upstream.ts`,
        text: 'const person = await people.get(claimed.person);',
        instead: 'const person = (await people.get(claimed.person)) ?? { id: claimed.person };',
      },
      {
        file: 'shared/platform/storage/people-store.ts',
        text: 'const steps = rows.map(',
        instead: 'const steps = rows.filter(({ rowKey }) => rowKey === personRow).map(',
      },
    ],
    attacks: ['a passkey of somebody who was removed'],
  },
  own(
    'passkey-upstream.ts',
    'there are tokens for people who are there',
    'const person = await peopleOf(site.slug).get(id);',
    "const person = (await peopleOf(site.slug).get(id)) ?? { id, roles: ['query'] };",
    'a code of somebody who was removed in the middle',
    'a refresh token of somebody who was removed',
  ),
  own(
    'passkey-upstream.ts',
    'roles are read at every token',
    'roles: person.roles,',
    `roles: ${kept}.get(id) ?? ${kept}.set(id, person.roles).get(id),`,
    'a refresh token of somebody who has lost a role',
  ),
  controlsIn(signInRoom)(
    'tokens/own-tokens.ts',
    'a token of the service’s own lives for ten minutes',
    'export const ownTokenLifetime = 600;',
    'export const ownTokenLifetime = 60_000;',
    'a token of the service’s own after its ten minutes',
  ),
];
