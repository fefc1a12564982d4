import type { ServerMetadata } from '#doctor/evidence';
import { goodServer } from '../evidence.ts';
import { live, type Spoil, settings } from '../spoils.ts';
import type { Fault } from './fault.ts';

export const signInFaults: readonly Fault[] = [
  ['backend.sign-in', settings({ SIGN_IN_CLIENT_ID: undefined }), 'fail', /SIGN_IN_CLIENT_ID is not set/],
  ['backend.sign-in', settings({ SIGN_IN_CLIENT_SECRET: 'plain' }), 'warn', /SECRET in plain text/],
  ['backend.sign-in', settings({ SIGN_IN_KEYS: 'k'.repeat(40) }), 'warn', /KEYS in plain text/],
  ['backend.sign-in-live', server({ issuer: 'https://func.example' }), 'fail', /they refuse it/],
  ['backend.sign-in-live', server({ provesCodes: false }), 'fail', /does not offer PKCE/],
  ['backend.sign-in-live', server({ namesIssuer: false }), 'fail', /does not offer iss/],
  [
    'backend.sign-in-live',
    server({ readsClientDocuments: false, registers: false }),
    'warn',
    /neither metadata documents of clients nor registration/,
  ],
];

/** What is as good in another way, and what is said of it. */
export const otherWaysIn: readonly (readonly [string, Spoil, RegExp])[] = [
  ['backend.sign-in', settings({ SIGN_IN_REGISTRATION: 'false' }), /metadata document, or are listed/],
  ['backend.sign-in', settings({}), /may register themselves/],
  ['backend.sign-in-live', server({ readsClientDocuments: false }), /come in by registration/],
];

function server(change: Partial<ServerMetadata>): Spoil {
  return live('serverMetadata', { ...goodServer, ...change });
}
