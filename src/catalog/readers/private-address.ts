import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses that lead into this machine or the network around it, or nowhere a shop could be: private, shared, link-local, multicast,
 * reserved, and those that carry an address of IPv4 inside (NAT64, 6to4, Teredo). Source: the IANA special-purpose address registries
 * (RFC 6890, RFC 8190), RFC 4193, RFC 6052 and RFC 3056; verified 2026-11. An address of IPv4 written as one of IPv6 (`::ffff:10.0.0.1`)
 * is checked as what it is.
 */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4');
  PRIVATE.addSubnet(`64:ff9b::${net}`, 96 + bits, 'ipv6'); // NAT64 carries the rest of the internet in networks without IPv4
}
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6');
}

/** Whether an address or a name says by itself that it is loopback, private or link-local. A name of any other kind must be resolved. */
export function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  const family = isIP(bare);
  if (family !== 0) return PRIVATE.check(bare, family === 6 ? 'ipv6' : 'ipv4');
  return bare === 'localhost' || bare.endsWith('.localhost');
}

/** Resolves a name for a connection, and fails with `refusal` when it leads to a private address: what is checked is what is connected to. */
export function publicLookup(
  refusal: (host: string) => Error,
  resolve: typeof lookup = lookup,
): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error || first === undefined) return done(error ?? refusal(host), []);
      if (found.some(({ address }) => isPrivateHost(address))) return done(refusal(host), []);
      return options.all ? done(null, found) : done(null, first.address, first.family);
    });
  };
}
