import { createHmac, createSecretKey } from 'node:crypto';
import { canonicalJson } from '../../json/canonical.ts';

/** Makes keyed digests of a call's arguments: equal arguments of one tenant give equal digests, and values cannot be guessed from them. */
export type ArgumentDigest = (tenant: string, tool: string, input: unknown) => string;

export function argumentDigest(key: string): ArgumentDigest {
  const secret = createSecretKey(key, 'utf8');
  return (tenant, tool, input) =>
    createHmac('sha256', secret)
      .update([tenant, tool, canonicalJson(input)].join('\0'))
      .digest('base64url')
      .slice(0, 22);
}
