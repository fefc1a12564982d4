import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { pseudonyms } from '#platform/telemetry/pseudonym';

const user = 'c0000000-0000-4000-8000-000000000001:d0000000-0000-4000-8000-00000000000d';
const key = 'a secret of this deployment, long enough';

it('is the same for the same user, on every instance, and another for another user', () => {
  const pseudonym = pseudonyms(key);
  expect(pseudonym(user)).toMatch(/^[\w-]{12}$/);
  expect(pseudonym(user)).toBe(pseudonym(user));
  expect(pseudonyms(key)(user)).toBe(pseudonym(user));
  expect(pseudonym(`${user}1`)).not.toBe(pseudonym(user));
});

it('cannot be made by somebody who knows the user but not the key', () => {
  const plain = createHash('sha256').update(user).digest('base64url').slice(0, 12);
  expect(pseudonyms(key)(user)).not.toBe(plain);
  expect(pseudonyms(`${key}.`)(user)).not.toBe(pseudonyms(key)(user));
});

it('stays the same when more users came by than are kept', () => {
  const pseudonym = pseudonyms(key);
  const before = pseudonym(user);
  for (let other = 0; other < 1_500; other += 1) {
    pseudonym(`directory:${other}`);
  }
  expect(pseudonym(user)).toBe(before);
});
