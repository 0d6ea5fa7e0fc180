import {
  Activity,
  Boxes,
  ChartColumn,
  CircleAlert,
  Database,
  House,
  ListChecks,
  type LucideIcon,
  Package,
  Plug,
  Send,
  Settings,
  ShoppingBag,
  Workflow,
} from 'lucide-react';
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
  {
    id: 'problems',
    to: '/problems',
    name: 'place.problems',
    icon: CircleAlert,
    permission: 'problems:read',
    letter: 'p',
  },
  {
    id: 'catalog',
    to: '/catalog',
    name: 'place.catalog',
    icon: Package,
    permission: 'catalog:read',
    letter: 'c',
  },
  {
    id: 'listings',
    to: '/listings',
    name: 'place.listings',
    icon: ListChecks,
    permission: 'listings:read',
    letter: 'l',
  },
  {
    id: 'mappings',
    to: '/mappings',
    name: 'place.mappings',
    icon: Workflow,
    permission: 'mappings:read',
    letter: 'm',
  },
  { id: 'plans', to: '/plans', name: 'place.plans', icon: Send, permission: 'plans:read', letter: 'u' },
  {
    id: 'orders',
    to: '/orders',
    name: 'place.orders',
    icon: ShoppingBag,
    permission: 'orders:read',
    letter: 'r',
  },
  {
    id: 'stock',
    to: '/stock',
    name: 'place.stock',
    icon: Boxes,
    permission: 'stock:read',
    letter: 's',
  },
  {
    id: 'activity',
    to: '/activity',
    name: 'place.activity',
    icon: Activity,
    permission: 'runs:read',
    letter: 'a',
  },
  {
    id: 'reports',
    to: '/reports',
    name: 'place.reports',
    icon: ChartColumn,
    permission: 'reports:read',
    letter: null,
  },
];

/** What is set up twice a year; below a line. */
export const SET_UP: readonly Place[] = [
  {
    id: 'channels',
    to: '/channels',
    name: 'place.channels',
    icon: Plug,
    permission: 'channels:read',
    letter: null,
  },
  {
    id: 'sources',
    to: '/sources',
    name: 'place.sources',
    icon: Database,
    permission: 'sources:read',
    letter: null,
  },
  {
    id: 'settings',
    to: '/settings',
    name: 'place.settings',
    icon: Settings,
    permission: 'settings:read',
    letter: null,
  },
];

/** The four of the bottom bar of a telephone; the rest is behind More. */
export const POCKET: readonly string[] = ['overview', 'problems', 'listings', 'orders'];
