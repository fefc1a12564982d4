import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type * as z from 'zod';
import { keysFor, type Secrets } from './derived-keys.ts';

/** Values that others carry for this service: nobody else can read, make or change them. */
export interface Sealer<Value> {
  /** @param seconds how long it can be opened */
  seal(value: Value, seconds: number): Promise<string>;
  /** Undefined when it was not sealed here, for this, or is too old. */
  open(text: string): Promise<Value | undefined>;
}

export interface SealerOptions<Value> {
  /** What the values are for; those of another purpose cannot be opened. */
  readonly purpose: string;
  readonly schema: z.ZodType<Value>;
  readonly secrets: Secrets;
  readonly now: () => Date;
}

const algorithms = { alg: 'dir', enc: 'A256GCM' } as const;
/** Characters of the longest text that is looked at. */
const longest = 16_384;

/** Seals as encrypted tokens (JWE compact serialization, RFC 7516) with a key of the purpose's own. */
export function sealer<Value>({ purpose, schema, secrets, now }: SealerOptions<Value>): Sealer<Value> {
  const keys = keysFor(purpose, secrets);
  const [{ kid, bytes }] = keys;
  return {
    seal: (value, seconds) =>
      new EncryptJWT({ value })
        .setProtectedHeader({ ...algorithms, kid })
        .setExpirationTime(Math.floor(now().getTime() / 1000) + seconds)
        .encrypt(bytes),
    async open(text) {
      if (text.length > longest) {
        return undefined;
      }
      try {
        const { payload } = await jwtDecrypt(
          text,
          (header) => {
            const key = keys.find((one) => one.kid === header.kid);
            if (key === undefined) {
              throw new errors.JWEDecryptionFailed();
            }
            return key.bytes;
          },
          {
            keyManagementAlgorithms: [algorithms.alg],
            contentEncryptionAlgorithms: [algorithms.enc],
            requiredClaims: ['exp'],
            currentDate: now(),
          },
        );
        return schema.safeParse(payload.value).data;
      } catch (error) {
        if (error instanceof errors.JOSEError) {
          return undefined;
        }
        throw error;
      }
    },
  };
}
