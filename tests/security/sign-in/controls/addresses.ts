import { type Control, controlsIn, signInRoom } from '../control.ts';

const clients = controlsIn(`${signInRoom}/clients`);
const addresses = `${signInRoom}/clients/addresses.ts`;
const network = (range: string, ...attacks: string[]) =>
  clients('addresses.ts', `${range} is not public`, `  '${range}',\n`, '', ...attacks);
export const inside = (address: string, what: string) => `a document at ${address}, ${what}`;

export const addressControls: readonly Control[] = [
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
];
