import { randomUUID } from 'node:crypto';
import type { Claims } from './authority.ts';

/** Client id of the API that tokens are for. */
export const apiClientId = 'c0000000-0000-4000-8000-00000000000c';

/** What both versions of a user's token have in common. */
function commonClaims(tid: string): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    iat: now,
    nbf: now,
    exp: now + 3600,
    tid,
    oid: 'd0000000-0000-4000-8000-00000000000d',
    sub: 'pairwise-subject-of-the-user',
    scp: 'mcp.access',
    roles: ['query'],
    name: 'Sara Sample',
    uti: randomUUID(),
  };
}

export function v2Claims(url: string, tid: string): Claims {
  return {
    ...commonClaims(tid),
    iss: `${url}/${tid}/v2.0`,
    aud: apiClientId,
    azp: 'e0000000-0000-4000-8000-00000000000e',
    azpacr: '0',
    preferred_username: 'sara.sample@directory.example',
    ver: '2.0',
  };
}

export function v1Claims(url: string, tid: string): Claims {
  return {
    ...commonClaims(tid),
    iss: `${url}/${tid}/`,
    aud: `api://${apiClientId}`,
    appid: 'e0000000-0000-4000-8000-00000000000e',
    appidacr: '0',
    unique_name: 'sara.sample@directory.example',
    ver: '1.0',
  };
}
