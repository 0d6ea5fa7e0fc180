import type { JsonObject } from '../../../src/domain/json.js';
import type { AccountDesk } from './account-desk.js';
import type { Catalog } from './catalog.js';
import type { DataSources } from './data-sources.js';
import type { FileUploads } from './file-uploads.js';
import type { Inventories } from './inventories.js';
import type { LfpDesk } from './lfp.js';
import type { Notifier } from './notifier.js';
import type { Promotions } from './promotions.js';
import type { Quota } from './quota.js';
import type { Refusals } from './refusals.js';
import type { TokenDesk } from './token-desk.js';
import type { TrackingSignals } from './tracking-signals.js';

/** What the routes stand in front of: one Merchant Center account and the project that calls. */
export interface Backend {
  readonly account: string;
  readonly desk: TokenDesk;
  readonly catalog: Catalog;
  readonly sources: DataSources;
  readonly uploads: FileUploads;
  readonly accounts: AccountDesk;
  readonly inventories: Inventories;
  readonly lfp: LfpDesk;
  readonly promotions: Promotions;
  readonly signals: TrackingSignals;
  readonly quota: Quota;
  readonly refusals: Refusals;
  /** Notification subscriptions by name. */
  readonly subscriptions: Map<string, JsonObject>;
  readonly callbacks: Notifier;
  /** SKUs whose answers are lost in the next batch. */
  readonly omitted: Set<string>;
  /** Whether answers carry enum values this API version does not list, as Google may do at any time. */
  strange: boolean;
  now(): number;
  /** Known once the server listens. */
  url(): string;
}
