import type { UserRow } from '../../../api/shapes/access.js';

/** What somebody may be, from the one who looks to the one who lets others in. */
export const ROLES = [
  'viewer',
  'editor',
  'operator',
  'approver',
  'admin',
] as const satisfies readonly UserRow['role'][];

/** One of them. */
export type Role = (typeof ROLES)[number];
