import type { KeyRing } from '#platform/key-ring';

/**
 * Shows a server the key that it took last, and another one where that is refused. So a key is replaced without a cut,
 * whether the server or this service learns of the new one first.
 * @param keys the first one is what requests come with; each goes to the server that the settings name, and to no other
 */
export function withKeys(send: typeof fetch, keys: KeyRing): typeof fetch {
  let taken = 0;
  return async (input, init) => {
    for (let tried = 1; ; tried += 1) {
      const at = taken;
      const response = await send(input, { ...init, headers: showing(keys[at], keys[0], init?.headers) });
      if (response.status !== 401 || tried >= keys.length) {
        return response;
      }
      taken = (at + 1) % keys.length;
    }
  };
}

/** As `Authorization: Bearer KEY`, or as `api-key: KEY`, which dated versions of Azure OpenAI know. */
function showing(key: string | undefined, first: string, original: RequestInit['headers']): Headers {
  const headers = new Headers(original);
  for (const name of ['authorization', 'api-key']) {
    const value = headers.get(name);
    if (value?.endsWith(first)) {
      headers.set(name, value.slice(0, -first.length) + key);
    }
  }
  return headers;
}
