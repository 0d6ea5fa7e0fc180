import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { OperatorError } from '../../domain/errors.js';
import { isPrivateHost, publicLookup } from './private-address.js';

/** What is looked at on the way from an address an operator named to where its server sends us. */
export interface RedirectRules {
  /** Resolves the host the operator named. */
  readonly lookup: LookupFunction;
  /** Looks at the next hop, and sets how its name is resolved. Throws `source_redirect_refused`. */
  readonly next: (hop: Record<string, unknown>) => void;
}

/**
 * The operator may name a host in his own network; a server may not send us into it. Only the very host and port he named may be private, and only
 * if it was when we came: a name that was public and leads inside at the next hop (rebinding) is refused like any other.
 */
export function redirectRules(address: string, resolve: typeof lookup = lookup): RedirectRules {
  const named = new URL(address);
  let inside = isPrivateHost(named.hostname);
  return {
    lookup: (host, options, done) => {
      resolve(host, { ...options, all: true }, (error, found) => {
        const [first] = found ?? [];
        if (error || first === undefined) return done(error ?? redirectRefused(host), []);
        inside = found.some((each) => isPrivateHost(each.address));
        return options.all ? done(null, found) : done(null, first.address, first.family);
      });
    },
    next: (hop) => {
      const host = String(hop.hostname);
      const own = inside && bare(host) === bare(named.hostname) && portOf(hop) === portOf(named);
      if (!own && isPrivateHost(host)) throw redirectRefused(host);
      hop.lookup = own ? resolve : publicLookup(redirectRefused, resolve);
    },
  };
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

/** The usual port of either scheme is one port: a server that leads from http to https stays where it was. */
function portOf({ port }: { readonly port?: unknown }): string {
  const told = port === undefined || port === null ? '' : String(port);
  return told === '80' || told === '443' ? '' : told;
}

function redirectRefused(host: string): OperatorError {
  return new OperatorError(
    'source_redirect_refused',
    `The server of the source redirects to ${host}, which is inside a private network`,
    'If the file really is there, name that address as the address of the source. What is live stays live.',
  );
}
