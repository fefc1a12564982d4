import { execFile } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { publicKeyOf, type Sign } from './envelope.ts';

const run = promisify(execFile);

/** Who signs: the function, and the public half of its key. */
export interface Signer {
  readonly sign: Sign;
  readonly publicKey: KeyObject;
}

/** Runs a command of the Azure CLI, and gives what it prints as JSON. */
type AzureCli = (args: readonly string[]) => Promise<unknown>;

interface VaultKey {
  readonly crv: string;
  readonly x: string;
  readonly y: string;
}

/** @throws Error when it is no private key on P-256 */
export function signerOf(pem: string): Signer {
  const key = createPrivateKey(pem);
  return { sign: (bytes) => sign('sha256', bytes, key), publicKey: publicKeyOf(key) };
}

/**
 * Signs with a key of Key Vault that never leaves it, through the Azure CLI, which has to be signed in.
 * @param id of the key and its version: https://NAME.vault.azure.net/keys/KEY/VERSION
 */
export async function vaultSigner(id: string, az: AzureCli = startAz): Promise<Signer> {
  const { key } = (await az(['keyvault', 'key', 'show', '--id', id])) as { key: VaultKey };
  const jwk = { kty: 'EC', crv: key.crv, x: urlSafe(key.x), y: urlSafe(key.y) };
  return {
    publicKey: publicKeyOf(createPublicKey({ key: jwk, format: 'jwk' })),
    async sign(bytes) {
      const digest = createHash('sha256').update(bytes).digest('base64');
      const args = ['keyvault', 'key', 'sign', '--id', id, '--algorithm', 'ES256', '--digest', digest];
      const { signature } = (await az(args)) as { signature: string };
      return derOf(Buffer.from(signature, 'base64'));
    },
  };
}

async function startAz(args: readonly string[]): Promise<unknown> {
  const { stdout } = await run('az', [...args, '--output', 'json']);
  return JSON.parse(stdout);
}

/** The Azure CLI writes the numbers of a key in the other alphabet of base64. */
function urlSafe(number: string): string {
  return Buffer.from(number, 'base64').toString('base64url');
}

/** Two numbers side by side, as JOSE and Key Vault have them, in the form that verifiers expect (RFC 3279, 2.2.3). */
function derOf(raw: Buffer): Buffer {
  const numbers = [raw.subarray(0, raw.length / 2), raw.subarray(raw.length / 2)].map(integerOf);
  return Buffer.concat([
    Buffer.from([0x30, numbers.reduce((sum, { length }) => sum + length, 0)]),
    ...numbers,
  ]);
}

/** Without zeros in front, but for one where the number would read as negative. */
function integerOf(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first === -1 ? bytes.length - 1 : first);
  const positive = (digits[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}
