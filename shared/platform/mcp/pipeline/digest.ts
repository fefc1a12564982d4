import { createHmac, createSecretKey } from 'node:crypto';

/** Makes keyed digests of a call's arguments: equal arguments of one tenant give equal digests, and values cannot be guessed from them. */
export type ArgumentDigest = (tenant: string, tool: string, input: unknown) => string;

export function argumentDigest(key: string): ArgumentDigest {
  const secret = createSecretKey(key, 'utf8');
  return (tenant, tool, input) =>
    createHmac('sha256', secret)
      .update([tenant, tool, canonical(input)].join('\0'))
      .digest('base64url')
      .slice(0, 22);
}

/** JSON with the fields in order, so that the order in which a client wrote them does not matter. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_name, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
