import type { Known } from '../evidence.ts';

/** @param otherwise why it is not known, and how it could be */
export function known<T>(value: T | undefined, otherwise: string): Known<T> {
  return value === undefined ? { missing: otherwise } : { value };
}

export function both<A, B>(first: Known<A>, second: Known<B>): Known<readonly [A, B]> {
  if (!('value' in first)) {
    return first;
  }
  return 'value' in second ? { value: [first.value, second.value] } : second;
}

/** Looks at something that rests on what is known; when that fails, the reason is kept instead. */
export async function attempt<T, Result>(
  basis: Known<T>,
  look: (value: T) => Result | Promise<Result>,
): Promise<Known<Result>> {
  if (!('value' in basis)) {
    return basis;
  }
  try {
    return { value: await look(basis.value) };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

/** Node says of every network problem "fetch failed", and what it was in the cause. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { message, cause } = error;
  const detail = cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : '') : '';
  return detail === '' ? `${message}.` : `${message}: ${detail}.`;
}
