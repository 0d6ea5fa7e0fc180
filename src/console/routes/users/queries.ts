import { queryOptions } from '@tanstack/react-query';
import type { UserRow } from '../../../api/shapes/access.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { Role } from './roles.js';

/** An address with which somebody sets a password; shown once. */
export interface Invitation {
  readonly user: UserRow;
  readonly address: string;
  readonly endsAt: string;
}

/** Everybody who may sign in. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => call<{ items: readonly UserRow[] }>('GET', '/users', { signal }),
});

/** Adds a person. */
export function inviteUser(body: { name: string; email: string; role: Role }): Promise<Invitation> {
  return call<Invitation>('POST', '/users', { body, idempotencyKey: onceKey() });
}

/** Makes a new address for a person who lost theirs, or their password. */
export function inviteAgain(id: string): Promise<Invitation> {
  return call<Invitation>('POST', `${pathOf('/users', id)}/invitation`, { idempotencyKey: onceKey() });
}

/** Changes the role of a person, or lets them in no longer. */
export function changeUser(id: string, body: { role?: Role; disabled?: boolean }): Promise<UserRow> {
  return call<UserRow>('PATCH', pathOf('/users', id), { body, idempotencyKey: onceKey() });
}

/** Takes the second factor of somebody away who lost it. */
export function removeFactorOf(id: string): Promise<void> {
  return call<void>('DELETE', `${pathOf('/users', id)}/second-factor`);
}
