import type { Permission, Role } from './permissions.js';

/** Who makes a call: a person who signed in, or a program with an API key. */
export interface Caller {
  readonly kind: 'user' | 'key';
  /** Id of the user or of the key. */
  readonly id: string;
  /** For people: the user's name, or the key's. */
  readonly name: string;
  /** Null for keys: they have their scopes only. */
  readonly role: Role | null;
  readonly permissions: ReadonlySet<Permission>;
  /** Whether a second factor was shown in this session. Keys have none to show: their scopes were given by an administrator. */
  readonly secondFactor: boolean;
  /** The session's id; null for keys. */
  readonly session: string | null;
}
