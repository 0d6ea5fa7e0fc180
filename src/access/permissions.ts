/** What a person may be in this house, from the one who looks to the one who lets others in. */
export const ROLES = ['viewer', 'editor', 'operator', 'approver', 'admin'] as const;

/** One of `ROLES`. */
export type Role = (typeof ROLES)[number];

const EVERYBODY = ROLES;
const EDITING: readonly Role[] = ['editor', 'operator', 'approver', 'admin'];
const MAPPING: readonly Role[] = ['editor', 'approver', 'admin'];
const OPERATING: readonly Role[] = ['operator', 'approver', 'admin'];
const HANDLING: readonly Role[] = ['operator', 'admin'];
const APPROVING: readonly Role[] = ['approver', 'admin'];
const ADMINISTRATION: readonly Role[] = ['admin'];

/** What each permission lets do, and which roles have it. API keys are given permissions one by one, as scopes. */
const TABLE = {
  'catalog:read': { says: 'see products, overrides and their history', roles: EVERYBODY },
  'catalog:write': { says: 'set overrides and change products by hand', roles: EDITING },
  'listings:read': { says: 'see listings and why they are as they are', roles: EVERYBODY },
  'listings:write': { says: 'look at listings again and send them again', roles: EDITING },
  'mappings:read': { says: 'see mappings, lookup tables and categories', roles: EVERYBODY },
  'mappings:write': { says: 'change drafts, lookup tables and categories', roles: MAPPING },
  'mappings:publish': { says: 'publish a mapping', roles: MAPPING },
  'plans:read': { says: 'see what will be sent and what is held', roles: EVERYBODY },
  'plans:send': { says: 'send a plan', roles: OPERATING },
  'plans:approve': { says: 'approve or reject what is held', roles: APPROVING },
  'orders:read': { says: 'see orders without their buyers', roles: EVERYBODY },
  'orders:write': { says: 'enter shipments, cancel, refund and decide exceptions', roles: HANDLING },
  'buyers:read': { says: 'see names and addresses of buyers', roles: HANDLING },
  'buyers:erase': { says: 'export and erase buyers', roles: ADMINISTRATION },
  'stock:read': { says: 'see stock', roles: EVERYBODY },
  'stock:write': { says: 'change stock and allocations', roles: HANDLING },
  'sources:read': { says: 'see sources and imports', roles: EVERYBODY },
  'sources:write': { says: 'upload files, set up sources and import', roles: HANDLING },
  'channels:read': { says: 'see channels, never their secrets', roles: EVERYBODY },
  'channels:write': { says: 'connect, change, start, pause and disconnect channels', roles: HANDLING },
  'runs:read': { says: 'see runs and schedules', roles: EVERYBODY },
  'runs:write': { says: 'run a job now, pause a schedule', roles: OPERATING },
  'problems:read': { says: 'see problems', roles: EVERYBODY },
  'problems:write': { says: 'snooze problems', roles: OPERATING },
  'reports:read': { says: 'see and download reports', roles: EVERYBODY },
  'audit:read': { says: 'see who did what', roles: OPERATING },
  'settings:read': { says: 'see settings', roles: OPERATING },
  'settings:write': { says: 'change settings, users, API keys and webhooks', roles: ADMINISTRATION },
} as const satisfies Record<string, { readonly says: string; readonly roles: readonly Role[] }>;

/** `orders:write`. What a role or an API key may do. */
export type Permission = keyof typeof TABLE;

/** Every permission, in the order of the documentation. */
export const PERMISSIONS = Object.keys(TABLE) as readonly Permission[];

/** What buyers must be protected by: a person needs a second factor to use these. */
const OF_BUYERS: ReadonlySet<Permission> = new Set(['buyers:read', 'buyers:erase']);

/** Whether a text is a permission. */
export function isPermission(text: string): text is Permission {
  return Object.hasOwn(TABLE, text);
}

/** Whether a text is a role. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** What a permission lets do: "see stock". */
export function saysOf(permission: Permission): string {
  return TABLE[permission].says;
}

/** The roles that have a permission, lowest first. */
export function rolesWith(permission: Permission): readonly Role[] {
  return TABLE[permission].roles;
}

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(PERMISSIONS.filter((permission) => rolesWith(permission).includes(role)));
}

/** Whether people need a second factor for it. */
export function needsSecondFactor(permission: Permission): boolean {
  return OF_BUYERS.has(permission);
}
