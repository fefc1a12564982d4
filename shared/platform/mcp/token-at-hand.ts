import { bearerToken } from '../identity/authenticator.ts';
import { signInAgain } from '../identity/challenges.ts';
import { asAsked } from '../identity/loopback.ts';
import { type Presented, whilePresented } from '../identity/presented.ts';
import { begun } from './http/begun.ts';

interface TokenOptions {
  /** Whether calls may act for their user at other services. */
  readonly actsForUsers?: boolean;
  /** Address of the protected-resource metadata of the endpoint; undefined when there is none. */
  readonly resourceMetadata: string | undefined;
}

/** Answers a request, with its token at hand where calls may need it. */
export function withTokenAtHand(
  request: Request,
  { actsForUsers, resourceMetadata }: TokenOptions,
  work: () => Promise<Response>,
): Promise<Response> {
  const token = actsForUsers === true ? bearerToken(request) : undefined;
  return token === undefined
    ? work()
    : whileItIsAtHand(token, resourceMetadata && asAsked(resourceMetadata, request), work);
}

async function whileItIsAtHand(
  token: string,
  resourceMetadata: string | undefined,
  work: () => Promise<Response>,
): Promise<Response> {
  const presented: Presented = { token, resourceMetadata };
  const response = await begun(await whilePresented(presented, work));
  if (presented.challenge === undefined) {
    return response;
  }
  await response.body?.cancel();
  return signInAgain(presented.challenge, presented.resourceMetadata);
}
