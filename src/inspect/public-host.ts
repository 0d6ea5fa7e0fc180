import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPrivateHost } from '../catalog/readers/private-address.js';

/** Finds where a host is, or says why nobody is to go there. */
export type HostFinder = (
  host: string,
) => Promise<{ readonly address: string } | { readonly failure: 'private' | 'unreachable' }>;

/** Asks the system's resolver for every address of a name. */
type Resolver = (name: string) => Promise<readonly { readonly address: string }[]>;

/** Finds public hosts. One of whose addresses any is private is refused whole: it could answer with that one next. */
export function hostFinder(resolve: Resolver): HostFinder {
  return async (host) => {
    const bare = host.replace(/^\[|\]$/g, '');
    if (isPrivateHost(bare)) return { failure: 'private' };
    if (isIP(bare) !== 0) return { address: bare };
    try {
      const found = await resolve(bare);
      if (found.some(({ address }) => isPrivateHost(address))) return { failure: 'private' };
      return found[0] === undefined ? { failure: 'unreachable' } : { address: found[0].address };
    } catch {
      // A name nobody knows is a fact about the sight, like a server that does not answer.
      return { failure: 'unreachable' };
    }
  };
}

/** Finds hosts as the system resolves them. */
export const publicHost: HostFinder = hostFinder((name) => lookup(name, { all: true }));
