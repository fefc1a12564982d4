import { type OAuthErrorCode, OAuthProblem } from '../http/oauth-problem.ts';
import { issuerOf, type TenantSite } from '../tenant-site.ts';
import type { Transaction } from './transaction.ts';

/** Where an answer goes. */
export type ClientAddress = Pick<Transaction, 'redirect' | 'state'>;

/**
 * The address that takes an answer back to the client (RFC 6749 section 4.1.2), with the issuer, so that it cannot be taken
 * for another server's (RFC 9207).
 */
export function answerAddress(
  { redirect, state }: ClientAddress,
  answer: Readonly<Record<string, string>>,
  site: TenantSite,
  request: Request,
): string {
  const url = new URL(redirect);
  for (const [name, value] of Object.entries(answer)) {
    url.searchParams.append(name, value);
  }
  if (state !== undefined) {
    url.searchParams.append('state', state);
  }
  url.searchParams.append('iss', issuerOf(site, request));
  return url.href;
}

/** The same for what went wrong (RFC 6749 section 4.1.2.1). */
export function errorAddress(
  address: ClientAddress,
  error: OAuthErrorCode,
  sentence: string,
  site: TenantSite,
  request: Request,
): string {
  return answerAddress(address, { error, error_description: ascii(sentence) }, site, request);
}

/** The characters that a description may have. */
const ascii = (sentence: string) =>
  sentence.replace(/’/g, "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, ' ');

/** Hands what goes wrong in the work to the client, as its redirect is known to be its own. */
export async function toldToClient(
  address: ClientAddress,
  site: TenantSite,
  request: Request,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OAuthProblem) {
      const location = errorAddress(address, error.error, error.message, site, request);
      throw new OAuthProblem(error.error, error.message, error.status, location);
    }
    throw error;
  }
}
