import type { Caller } from '../access/caller.js';
import { needsSecondFactor, type Permission, rolesWith, saysOf } from '../access/permissions.js';
import { Refusal } from './problem.js';
import type { RouteAccess } from './route.js';

/** Throws a Refusal: 401 for who is unknown, 403 for who may not, saying who may. */
export function refuseUnlessAllowed(permission: RouteAccess, caller: Caller | null): void {
  if (permission === 'open') return;
  if (caller === null)
    throw new Refusal(
      401,
      'not_signed_in',
      'Nobody is signed in.',
      'Sign in, or send an API key as a bearer token.',
    );
  if (permission === 'signed-in') return;
  refuseWithout(permission, caller);
}

/** For what only some calls of a route need. Throws a Refusal (403) unless the caller has the permission. */
export function refuseWithout(permission: Permission, caller: Caller): void {
  if (!caller.permissions.has(permission)) {
    const ask =
      caller.kind === 'key'
        ? 'Use a key with that scope.'
        : `Ask for the role ${rolesWith(permission).join(' or ')}.`;
    throw new Refusal(
      403,
      'not_allowed',
      `This needs the right to ${saysOf(permission)} (${permission}).`,
      ask,
    );
  }
  if (needsSecondFactor(permission) && !caller.secondFactor && caller.kind === 'user')
    throw new Refusal(
      403,
      'second_factor_needed',
      'Buyers are shown only to people who sign in with a second factor.',
      'Set one up under your account, then sign in again.',
    );
}
