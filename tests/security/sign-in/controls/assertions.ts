import { type Control, controlsIn, signInRoom } from '../control.ts';

const enterprise = controlsIn(`${signInRoom}/enterprise`);
const room = controlsIn(signInRoom);

/** Of assertions that an organisation's own identity provider makes. */
export const assertionControls: readonly Control[] = [
  enterprise(
    'assertion.ts',
    'an issuer counts for its own organisation',
    'issuers.get(site.slug) ?? []',
    '[...issuers.values()].flat()',
    'an identity assertion of another organisation’s issuer',
  ),
  enterprise(
    'assertion.ts',
    'the issuer signed it',
    'const { payload } = await jwtVerify(assertion, find, {',
    'const payload = decodeJwt(assertion); void ({',
    'an identity assertion that another issuer signed',
  ),
  enterprise(
    'assertion.ts',
    'it is signed with an accepted algorithm',
    'algorithms: [...algorithms],',
    '',
    'an identity assertion that nobody signed',
    'an identity assertion that is signed with the public key as a secret',
  ),
  enterprise(
    'assertion.ts',
    'it says that it is an assertion',
    'typ: assertionType,',
    '',
    'an access token of the issuer in place of an identity assertion',
  ),
  enterprise(
    'assertion.ts',
    'it is for this authorization server',
    'audience: audiencesOf(site),',
    '',
    'an identity assertion for another authorization server',
  ),
  enterprise(
    'assertion.ts',
    'it is for a resource of the organisation',
    '!site.resources.flatMap(loopbackSpellings).includes(resource)',
    'false',
    'an identity assertion for a resource of another organisation',
  ),
  enterprise(
    'grant.ts',
    'it is its client’s',
    'assertion.clientId !== shown.clientId',
    'false',
    'an identity assertion of another client',
  ),
  enterprise(
    'assertion.ts',
    'it has not expired',
    'clockTolerance,\n      currentDate: now,',
    'clockTolerance: 1e12,\n      currentDate: now,',
    'an identity assertion that has expired',
  ),
  enterprise(
    'assertion.ts',
    'it lives for an hour at most',
    'exp - iat > longestLife',
    'false',
    'an identity assertion that lives for a day',
  ),
  enterprise(
    'assertion.ts',
    'one that is bound to a key is nobody else’s',
    'cnf: z.undefined().optional(),',
    '',
    'an identity assertion that is bound to a key',
  ),
  enterprise(
    'grant.ts',
    'it names the scope',
    'scopes !== undefined && !scopes.some((each) => names.includes(each))',
    'false',
    'an identity assertion without the scope',
  ),
  enterprise(
    'grant.ts',
    'the request asks for no other scope',
    "requested !== undefined && !requested.split(' ').some((each) => names.includes(each))",
    'false',
    'an identity assertion with a request for more than it says',
  ),
  enterprise(
    'grant.ts',
    'the request asks for no other resource',
    'named !== undefined && named !== resource',
    'false',
    'an identity assertion with a request for another resource',
  ),
  enterprise(
    'grant.ts',
    'its client is listed',
    'assertion.issuer.clients.find(({ id }) => id === shown.clientId);',
    'assertion.issuer.clients.find(({ id }) => id === shown.clientId) ?? { id: shown.clientId };',
    'an identity assertion of a client that the issuer does not list',
  ),
  enterprise(
    'grant.ts',
    'it is used once, on all instances',
    '!(await useOnce(markOf(assertion), expiryOf(assertion)))',
    'false',
    'an identity assertion that is used twice at once, at two instances',
  ),
  enterprise(
    'grant.ts',
    'roles come of what its claims stand for',
    'roles: mappedRoles(assertion.payload, assertion.issuer.roles),',
    'roles: assertion.payload.roles,',
    'roles that an identity assertion claims by itself',
  ),
  room(
    'tokens/own-tokens.ts',
    'an access token is for one endpoint',
    'requireAudience(payload, site, request);',
    '',
    'an access token of one endpoint at the other',
  ),
];
