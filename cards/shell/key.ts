/** An idempotency key that no other call has: 128 random bits. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `card-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
