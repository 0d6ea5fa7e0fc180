import { BlockList, isIP } from 'node:net';
import { OperatorError } from '../domain/errors.js';

/** An address or a network: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/48`. Throws `network_unreadable`. */
export function checkNetworks(networks: readonly string[]): readonly string[] {
  for (const text of networks) networkOf(text);
  return [...new Set(networks)];
}

/** Whether an address is one of these or in one of these networks. An address of IPv4 written as one of IPv6 is what it is. */
export function isAmong(address: string, networks: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  const family = isIP(plain);
  if (family === 0) return false;
  const list = new BlockList();
  for (const text of networks) {
    const { net, bits, type } = networkOf(text);
    list.addSubnet(net, bits, type);
  }
  return list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

function networkOf(text: string): {
  readonly net: string;
  readonly bits: number;
  readonly type: 'ipv4' | 'ipv6';
} {
  const [net = '', prefix, ...rest] = text.split('/');
  const family = isIP(net);
  const most = family === 6 ? 128 : 32;
  const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (family === 0 || rest.length > 0 || !(bits >= 0 && bits <= most))
    throw new OperatorError(
      'network_unreadable',
      `"${text.slice(0, 60)}" is no address and no network`,
      'Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/48.',
    );
  return { net, bits, type: family === 6 ? 'ipv6' : 'ipv4' };
}
