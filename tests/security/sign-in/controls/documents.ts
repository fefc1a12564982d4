import { type Control, controlsIn, signInRoom } from '../control.ts';

const clients = controlsIn(`${signInRoom}/clients`);
const addresses = `${signInRoom}/clients/addresses.ts`;
const network = (range: string, ...attacks: string[]) =>
  clients('addresses.ts', `${range} is not public`, `  '${range}',\n`, '', ...attacks);
const inside = (address: string, what: string) => `a document at ${address}, ${what}`;

/** Of documents about clients, and where they are read from. */
export const documentControls: readonly Control[] = [
  network('127.0.0.0/8', inside('127.0.0.1', 'this machine')),
  network('0.0.0.0/8', inside('0.0.0.0', 'this machine without a number')),
  network('10.0.0.0/8', inside('10.0.0.4', 'a private network of the first size')),
  network('172.16.0.0/12', inside('172.16.0.4', 'a private network of the second size')),
  network('192.168.0.0/16', inside('192.168.0.4', 'a private network of the third size')),
  network('100.64.0.0/10', inside('100.64.0.1', 'the network of a provider')),
  network('169.254.0.0/16', inside('169.254.169.254', 'the metadata service of a cloud')),
  network('168.63.129.16/32', inside('168.63.129.16', 'the services of Azure')),
  network('224.0.0.0/4', inside('224.0.0.1', 'a group of machines')),
  clients(
    'addresses.ts',
    'of IPv6 only the public part is public',
    "publicV6.check(address, 'ipv6') && ",
    '',
    inside('::1', 'this machine by IPv6'),
    inside('fe80::1', 'the cable by IPv6'),
    inside('fd00::1', 'a private network by IPv6'),
    inside('64:ff9b::a00:4', 'a private network through a translator'),
  ),
  {
    control: 'a private address is not public, however it is written',
    changes: [
      { file: addresses, text: "publicV6.check(address, 'ipv6') && ", instead: '' },
      { file: addresses, text: "  '10.0.0.0/8',\n", instead: '' },
    ],
    attacks: [inside('::ffff:10.0.0.4', 'a private network written as IPv6')],
  },
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
