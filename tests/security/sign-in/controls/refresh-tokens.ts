import { type Control, controlsIn, signInRoom } from '../control.ts';

const proxy = `${signInRoom}/proxy`;
const off = controlsIn(proxy);
const refreshTokenCheck = 'token === undefined || token.tenant !== site.slug || token.client !== client';

export const refreshControls: readonly Control[] = [
  {
    control: 'a refresh token is good once',
    changes: [
      {
        file: `${proxy}/grant-types.ts`,
        text: '!(await store.isUnused(family, generation))',
        instead: 'false',
      },
      {
        file: `${proxy}/grant-types.ts`,
        text: '!(await store.use(family, generation, expires))',
        instead: 'false',
      },
    ],
    attacks: ['a refresh token that comes back'],
  },
  off(
    'grant-types.ts',
    'of two that use a refresh token at once, one gets nothing',
    '!(await store.use(family, generation, expires))',
    'false',
    'a refresh token that is used twice at once, at two instances',
  ),
  off(
    'grant-types.ts',
    'a refresh token that comes back ends its sign-in',
    'await store.end(family, expires);',
    '',
    'the refresh token that follows one that came back',
  ),
  off(
    'grant-types.ts',
    'a refresh token is its client’s',
    refreshTokenCheck,
    'token === undefined || token.tenant !== site.slug',
    'a refresh token of another client',
  ),
  off(
    'grant-types.ts',
    'a refresh token is its organisation’s',
    refreshTokenCheck,
    'token === undefined || token.client !== client',
    'a refresh token at the address of another organisation',
  ),
  off(
    'grant-types.ts',
    'a refresh token is for the resource that the person agreed to',
    'checkResource(form, token.resource, asked);',
    '',
    'a refresh token for another resource than the person agreed to',
  ),
  off(
    'grant-types.ts',
    'a program is listed, where programs are, when it goes on',
    'checkResource(form, token.resource, asked);\n  refuseUnlisted(client, parts);',
    'checkResource(form, token.resource, asked);',
    'the refresh token of a program that is listed no more',
  ),
  off(
    'refresh-tokens.ts',
    'a refresh token has its time',
    '90 * 86_400',
    '900 * 86_400',
    'a refresh token after its time',
  ),
  off(
    'grant-types.ts',
    'people are of the organisation',
    '!site.tenantIds.includes(tid)',
    'false',
    'a person of an organisation that nobody onboarded, whom the identity provider lets in',
  ),
  off(
    'upstream.ts',
    'a token is somebody’s',
    'claimsShape.safeParse(decodedClaims(access_token)).data;',
    "claimsShape.safeParse(decodedClaims(access_token)).data ?? { tid: '', oid: '' };",
    'a token of the identity provider that is of nobody',
  ),
  off(
    'upstream.ts',
    'the service asks for its own scope alone',
    `\`\${scope} openid profile offline_access\``,
    `\`\${scope} openid profile offline_access email\``,
    'more scopes than there are',
  ),
  off(
    'upstream.ts',
    'who is removed at the identity provider is signed in no more',
    'throw new UpstreamRefused(refusalOf(problem.error, problem.error_description));',
    "throw new Unavailable('Later.');",
    'a refresh token of somebody who was removed at the identity provider',
  ),
  off(
    'revoke.ts',
    'what is revoked has ended',
    'if (token !== undefined) {',
    'if (false) {',
    'a refresh token that was revoked',
  ),
];
