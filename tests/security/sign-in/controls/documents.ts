import { type Control, controlsIn, signInRoom } from '../control.ts';

import { addressControls, inside } from './addresses.ts';

const clients = controlsIn(`${signInRoom}/clients`);

/** Of documents about clients, and where they are read from. */
export const documentControls: readonly Control[] = [
  ...addressControls,
  clients(
    'addresses.ts',
    'a tunnel is not public',
    ", '2002::/16'",
    '',
    inside('2002:a00:4::1', 'a private network through a tunnel'),
  ),
  clients(
    'guarded-fetch.ts',
    'connections go to public addresses',
    '!found.every(({ address }) => allows(address))',
    'false',
    'a document of a host that leads inside',
  ),
  clients(
    'guarded-fetch.ts',
    'all addresses of a host are public',
    'found.every(',
    'found.some(',
    'a document of a host that leads inside with one of two addresses',
  ),
  clients(
    'guarded-fetch.ts',
    'every connection is judged by itself',
    'resolve(host).then(',
    '(allows = ((globalThis.judged ??= new Set()).has(host) ? () => true : (globalThis.judged.add(host), allows))), resolve(host).then(',
    'a document of a host that leads inside when it is asked the second time',
  ),
  clients(
    'guarded-fetch.ts',
    'redirects are not followed',
    'statusCode >= 300 && statusCode < 400',
    'false',
    'a document that is somewhere else, inside',
  ),
  clients(
    'guarded-fetch.ts',
    'a host is a name',
    " || isIP(url.hostname.replace(/^\\[|\\]$/g, '')) !== 0",
    '',
    'a document at a number instead of a name',
  ),
  clients('guarded-fetch.ts', 'documents have a size', 'size > most', 'false', 'a document of ten megabytes'),
  clients(
    'guarded-fetch.ts',
    'documents have a time',
    'AbortSignal.timeout(limits.milliseconds)',
    'AbortSignal.timeout(60_000)',
    'a document that takes its time',
  ),
  clients(
    'guarded-fetch.ts',
    'documents say that they are JSON',
    "!/^application\\/([\\w.-]+\\+)?json\\s*(;|$)/i.test(headers['content-type'] ?? '')",
    'false',
    'a document that is no JSON',
  ),
  clients(
    'guarded-fetch.ts',
    'a document is there',
    'statusCode !== 200',
    'false',
    'a document that is a page of errors',
  ),
  clients(
    'metadata-document.ts',
    'documents are at the usual port',
    " && url.port === ''",
    '',
    'a document at another port',
  ),
  clients(
    'metadata-document.ts',
    'documents come over TLS',
    "id.startsWith('https://')",
    "id.startsWith('http')",
    'a document without TLS',
  ),
  {
    control: 'an id is written in its plain form',
    changes: [
      { file: `${signInRoom}/clients/metadata-document.ts`, text: 'url.href === id && ', instead: '' },
      {
        file: `${signInRoom}/clients/metadata-document.ts`,
        text: '/\\/\\.{1,2}(\\/|$)|%2e/i.test(id)',
        instead: 'false',
      },
    ],
    attacks: ['an id with a way round in it'],
  },
  clients(
    'metadata-document.ts',
    'a document is about the client that it is the id of',
    'document.client_id !== id',
    'false',
    'a document that is about another client',
  ),
  clients(
    'metadata-document.ts',
    'a client with credentials is not taken for one without',
    "(document.token_endpoint_auth_method ?? 'none') !== 'none'",
    'false',
    'a document whose client has a secret that nobody checks here',
  ),
  clients(
    'metadata-document.ts',
    'what failed is not tried again at once',
    'failure: 30',
    'failure: 0',
    'a document that is to be read for everybody who asks',
  ),
  clients(
    'metadata-document.ts',
    'so many documents are read in a minute',
    ' || inThisMinute() > mostInAMinute',
    '',
    'a hundred documents a minute, and more',
  ),
];
