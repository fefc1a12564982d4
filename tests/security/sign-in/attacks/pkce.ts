import type { Attack } from '../attack.ts';
import { assertToldToClient, authorize, challengeOf, randomText, register } from '../requests.ts';
import type { World } from '../world.ts';

/** What a client is told that asks with such parameters. */
const authorizeWith = async (world: World, parameters: Record<string, string | undefined>) =>
  await authorize(world, { client: await register(world), parameters });

/** On what a request to authorize has to say, PKCE (RFC 7636) first. */
export const pkce: readonly Attack[] = [
  {
    name: 'the plain method of PKCE',
    async run(world) {
      const parameters = { code_challenge: randomText(), code_challenge_method: 'plain' };
      assertToldToClient(await authorizeWith(world, parameters), world, 'invalid_request', /S256/);
    },
  },
  {
    name: 'no method of PKCE, which means the plain one',
    async run(world) {
      const outcome = await authorizeWith(world, { code_challenge_method: undefined });
      assertToldToClient(outcome, world, 'invalid_request', /S256/);
    },
  },
  {
    name: 'no challenge of PKCE',
    async run(world) {
      const outcome = await authorizeWith(world, { code_challenge: undefined });
      assertToldToClient(outcome, world, 'invalid_request', /code_challenge/);
    },
  },
  {
    name: 'a challenge that is not of the method’s length',
    async run(world) {
      const outcome = await authorizeWith(world, { code_challenge: challengeOf('a').slice(1) });
      assertToldToClient(outcome, world, 'invalid_request', /code_challenge/);
    },
  },
  {
    name: 'a token instead of a code',
    async run(world) {
      const outcome = await authorizeWith(world, { response_type: 'token' });
      assertToldToClient(outcome, world, 'unsupported_response_type', /must be code/);
    },
  },
  {
    name: 'an answer in the fragment of the address',
    async run(world) {
      const outcome = await authorizeWith(world, { response_mode: 'fragment' });
      assertToldToClient(outcome, world, 'invalid_request', /response_mode must be query/);
    },
  },
  {
    name: 'parameters that are somewhere else',
    async run(world) {
      const outcome = await authorizeWith(world, { request_uri: 'https://evil.example/request' });
      assertToldToClient(outcome, world, 'invalid_request', /Send the parameters themselves/);
    },
  },
];
