import { House, type LucideIcon } from 'lucide-react';
import type { Permission } from '../app/session.js';
import type { SentenceName } from '../strings/say.js';

/** A page of the rail. Order is the order of use. */
export interface Place {
  readonly id: string;
  readonly to: string;
  readonly name: SentenceName;
  readonly icon: LucideIcon;
  readonly permission: Permission;
  /** `g`, then this letter, leads there. */
  readonly letter: string | null;
}

/** What a person works with every day. A page that is added here must exist in `app/router.ts`. */
export const DAILY: readonly Place[] = [
  { id: 'overview', to: '/', name: 'place.overview', icon: House, permission: 'channels:read', letter: 'o' },
];

/** What is set up twice a year; below a line. */
export const SET_UP: readonly Place[] = [];

/** The four of the bottom bar of a telephone; the rest is behind More. */
export const POCKET: readonly string[] = ['overview', 'problems', 'listings', 'orders'];
