import { getBearerTokenProvider } from '@azure/identity';
import { expect, test, vi } from 'vitest';
import { clouds } from '#platform/identity/clouds';
import { serviceTokens } from '#platform/identity/service-tokens';

const scope = 'https://storage.azure.com/.default';

/** Azure's library, with an identity that says what it is asked for; how tokens are kept is the library's own. */
function library() {
  const options: unknown[] = [];
  const getToken = vi.fn(async (_scope: string | string[]) => ({
    token: `token-${getToken.mock.calls.length}`,
    expiresOnTimestamp: Date.now() + 3_600_000,
  }));
  class Identity {
    readonly getToken = getToken;
    constructor(asked: unknown) {
      options.push(asked);
    }
  }
  const load = vi.fn(async () => ({ DefaultAzureCredential: Identity as never, getBearerTokenProvider }));
  return { options, getToken, load };
}

test('a token is asked for once while it is good, and the library is loaded for the first', async () => {
  const { load, getToken, options } = library();
  const tokens = serviceTokens(scope, undefined, load);
  expect(load).not.toHaveBeenCalled();
  expect([await tokens(), await tokens()]).toEqual(['token-1', 'token-1']);
  expect(load).toHaveBeenCalledTimes(1);
  expect(getToken.mock.calls[0]?.[0]).toEqual([scope]);
  expect(options).toEqual([{}]);
});

test('in another cloud the identity asks there', async () => {
  const { load, options } = library();
  await serviceTokens(scope, clouds.government.authority, load)();
  expect(options).toEqual([{ authorityHost: clouds.government.authority }]);
});

test('an identity that gave no token is asked again by the next call', async () => {
  const { load, getToken } = library();
  getToken.mockRejectedValueOnce(new Error('The identity endpoint does not answer.'));
  const tokens = serviceTokens(scope, undefined, load);
  await expect(tokens()).rejects.toThrow('does not answer');
  expect(await tokens()).toBe('token-2');
});

test('a library that could not be loaded is loaded again by the next call', async () => {
  const { load } = library();
  load.mockRejectedValueOnce(new Error('EMFILE: too many open files'));
  const tokens = serviceTokens(scope, undefined, load);
  await expect(tokens()).rejects.toThrow('EMFILE');
  expect(await tokens()).toBe('token-1');
});
