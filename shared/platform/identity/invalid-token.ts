import { errors } from 'jose';
import { Unauthenticated } from './authenticator.ts';

/** The token is not valid: the sentence goes to the caller, the reason into the audit trail. */
export function invalid(reason: string, message: string): Unauthenticated {
  return new Unauthenticated(message, { tokenSent: true, reason });
}

/** What the caller is told of a token that the verification refused. */
export function explain(error: errors.JOSEError): Unauthenticated {
  if (error instanceof errors.JWTExpired) {
    return invalid('expired', 'The token has expired; get a new one.');
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') {
      return invalid('audience', 'The token is for another service.');
    }
    if (error.claim === 'nbf') {
      return invalid('not_yet_valid', 'The token is not valid yet.');
    }
    return invalid(`claim_${error.claim}`, 'The token lacks a claim, or a claim is not right.');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return invalid('algorithm', 'The token is signed with an algorithm that is not accepted.');
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return invalid('unknown_key', 'The token is signed with an unknown key.');
  }
  return invalid('signature', 'The token is not valid.');
}
