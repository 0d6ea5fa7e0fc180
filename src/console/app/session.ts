import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me } from '../../api/shapes/me.js';
import { say } from '../strings/say.js';
import { call } from './call.js';

/** `orders:write`: what a role may do. */
export type Permission = Me['permissions'][number];

/** Who is signed in. Fails with status 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call<Me>('GET', '/me', { signal }),
  staleTime: 5 * 60_000,
});

/** Why the person may not do something, in words for a button; null: allowed. The server decides again. */
export function useWhyNot(): (permission: Permission) => string | null {
  const { data } = useQuery(meQuery);
  return (permission) =>
    data?.permissions.includes(permission)
      ? null
      : say(`role.needs`, { permission: say(`permission.${permission}`) });
}

/** Whether the person may see a page at all: pages outside the role are absent from the rail. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useQuery(meQuery);
  return (permission) => data?.permissions.includes(permission) ?? false;
}
