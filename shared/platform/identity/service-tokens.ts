import { once } from '../caching/once.ts';
import { clouds } from './clouds.ts';

/** Gives an access token, for a header. */
export type TokenSource = () => Promise<string>;

/** The part of Azure's library that is used; it is large, and loaded only when the first token is asked for. */
type Library = Pick<typeof import('@azure/identity'), 'DefaultAzureCredential' | 'getBearerTokenProvider'>;

/**
 * Tokens of this service's own identity: the managed one, or whatever else `DefaultAzureCredential` finds. The library keeps
 * each until shortly before it expires; a failure is kept by nobody, so that the next call asks again.
 * @param scope of the service that they are for, such as `https://storage.azure.com/.default`
 * @param authority Entra ID of the cloud that it lies in
 */
export function serviceTokens(
  scope: string,
  authority: string = clouds.public.authority,
  load: () => Promise<Library> = () => import('@azure/identity'),
): TokenSource {
  const source = once(async () => {
    const { DefaultAzureCredential, getBearerTokenProvider } = await load();
    // Without the option the library looks into the environment, which is right for the public cloud.
    const elsewhere = authority === clouds.public.authority ? {} : { authorityHost: authority };
    return getBearerTokenProvider(new DefaultAzureCredential(elsewhere), scope);
  });
  return async () => await (await source())();
}
