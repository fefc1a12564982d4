/** Gives an access token, for a header. */
export type TokenSource = () => Promise<string>;

/**
 * Tokens of the managed identity (or of whatever else `DefaultAzureCredential` finds). The library caches them.
 * @param scope of the service, such as `https://storage.azure.com/.default`
 */
export function tokensFor(scope: string): TokenSource {
  let source: Promise<TokenSource> | undefined;
  return async () => {
    source ??= open(scope);
    return await (await source)();
  };
}

async function open(scope: string): Promise<TokenSource> {
  // Loaded only here: it is large, and without an address to send to nothing needs it.
  const { DefaultAzureCredential, getBearerTokenProvider } = await import('@azure/identity');
  return getBearerTokenProvider(new DefaultAzureCredential(), scope);
}
