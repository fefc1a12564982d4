import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Ranges that are not of the public internet (IANA special-purpose registries, RFC 6890), and Azure's own services. */
const privateV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure's own address for health, DNS and the guest agent, the same in every network
  '168.63.129.16/32',
];
/** Of IPv6, 2000::/3 is public, but for these: protocol assignments and tunnels, documentation, 6to4. */
const privateV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const blocked = new BlockList();
const publicV6 = new BlockList();
for (const [family, ranges] of [
  ['ipv4', privateV4],
  ['ipv6', privateV6],
] as const) {
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    blocked.addSubnet(address, Number(bits), family);
  }
}
publicV6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is one of the public internet: not of this machine, its network, or the cloud it runs in. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) {
    return !blocked.check(address, 'ipv4');
  }
  return isIPv6(address) && publicV6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}
