import { Unavailable } from '../errors.ts';
import type { ServiceProof } from './options.ts';

/** What a managed identity asks its token for, so that a registration takes it as a proof (workload identity federation). */
const exchangeScope = 'api://AzureADTokenExchange/.default';
/** RFC 7523 section 2.2. */
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Parameters of a token request that prove who asks. */
type Prove = () => Promise<Readonly<Record<string, string>>>;
/** What proves it: the first, and the next one where one is refused. */
export type Proofs = readonly [Prove, ...Prove[]];

export async function proofsOf(proof: ServiceProof): Promise<Proofs> {
  if ('secrets' in proof) {
    const shown = (secret: string) => async () => ({ client_secret: secret });
    const [current, ...earlier] = proof.secrets;
    return [shown(current), ...earlier.map(shown)];
  }
  const { ManagedIdentityCredential } = await import('@azure/identity');
  // It keeps its token until shortly before that expires.
  const credential = new ManagedIdentityCredential({ clientId: proof.identity });
  const assert: Prove = async () => {
    try {
      const { token } = await credential.getToken(exchangeScope);
      return { client_assertion_type: assertionType, client_assertion: token };
    } catch (cause) {
      throw new Unavailable(
        'The identity of this service gives no token; try again in a minute, and report it when it stays.',
        { cause },
      );
    }
  };
  return [assert];
}
