import { type KeySetting, keyRing, leastBytes, vaultReference } from '#platform/settings/keys';
import type { Environment } from '#platform/settings/read';
import { type Finding, fail, pass, warn } from '../../finding.ts';
import { type Check, fromSettings, names } from '../check.ts';

export const keysInOrder: Check = {
  id: 'backend.keys',
  group: 'Backend',
  title: 'Secrets are long enough, each has one purpose, and none is left over',
  judge: (evidence) => fromSettings(evidence, judgeKeys),
};

function judgeKeys(env: Environment): Finding {
  const all = Object.keys(leastBytes) as KeySetting[];
  const rings = all.flatMap((name) => (keyRing(env, name) ?? []).map((secret) => ({ name, secret })));
  const inVault = rings.filter(({ secret }) => secret.startsWith(vaultReference)).map(({ name }) => name);
  const seen = rings.filter(({ secret }) => !secret.startsWith(vaultReference));
  const several = all.filter((name) => rings.filter((one) => one.name === name).length > 1);
  const mixed = several.filter((name) => inVault.includes(name));
  if (mixed.length > 0) {
    return fail(
      `${names(mixed)} has a reference to Key Vault beside another value, which App Service does not resolve.`,
      'Make the setting one reference, and put both values into its secret, comma-separated.',
    );
  }
  const twice = seen.filter(({ secret }) => seen.filter((one) => one.secret === secret).length > 1);
  if (twice.length > 0) {
    return fail(
      `One secret stands twice, in ${names([...new Set(twice.map(({ name }) => name))])}: who learns it there has it here.`,
      'Give each its own, made at random.',
    );
  }
  if (several.length > 0) {
    return warn(
      `An old secret is still accepted in ${names(several)}.`,
      'Leave it out when its time is over: docs/operations.md says when, for each.',
    );
  }
  const plain = [...new Set(seen.map(({ name }) => name))];
  return pass(
    `${plain.length === 0 ? '' : `One secret each, long enough: ${names(plain)}. `}${inVault.length === 0 ? '' : `Not seen, because they lie in Key Vault: ${names(inVault)}.`}`.trim(),
  );
}
