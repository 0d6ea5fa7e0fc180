import type { ChannelFacts } from '../domain/channel-facts.js';
import type { Clock, Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { JsonObject } from '../domain/json.js';
import type { Money } from '../domain/money.js';
import type { SchemaKeyword } from '../domain/schema-keyword.js';
import type { AuditContext } from './audit-context.js';
import type { BuyerRules } from './buyer-rules.js';
import type { ChannelAction } from './channel-action.js';
import type { ConnectGuide } from './connect-guide.js';
import type { ConversionPort } from './conversion-port.js';
import type { SecretShelf } from './credentials.js';
import type { DefinitionPort } from './definition-port.js';
import type { FamilyChange, ParentListing } from './family.js';
import type { FeePort } from './fee-port.js';
import type { FeedPort } from './feed-port.js';
import type { HttpClient } from './http.js';
import type { Inspection } from './inspection.js';
import type { ItemPort } from './item-port.js';
import type { Limits } from './limits.js';
import type { NotificationPort, ShopNewsPort } from './notification-port.js';
import type { OrderNewsPort } from './order-news-port.js';
import type { OrderPort } from './order-port.js';
import type { Page } from './page.js';
import type { ShapeContext } from './shape-context.js';
import type { PlacePort, PromotionPort, SignalPort } from './side-ports.js';
import type { SimulatorModule } from './simulator.js';
import type { SinkPort, SourcePort, StockKeeperPort } from './store-ports.js';
import type { BucketSpec, TokenBucket } from './throttle.js';

/**
 * What an outsider writes to add a channel: one folder, this object, one line in `connectors/index.ts`.
 * A connector executes; it never decides, diffs or retries. Presence of a member is the capability.
 */
export interface Connector<Settings extends JsonObject = JsonObject> {
  /** Stable kebab-case name, `google-merchant`. */
  readonly id: string;
  readonly title: string;
  /** JSON Schema of the channel's settings; secrets are `writeOnly`. Checked by ajv before `open`. */
  readonly settingsSchema: JsonObject;
  /**
   * JSON Schema of a listing's attributes, after `shape` where there is one. `kind`: Amazon product type; else null.
   * Absent: a shop, which is read and takes orders, but is told no listings.
   */
  listingSchema?(settings: Settings, kind: string | null): Promise<JsonObject>;
  /**
   * Which of its kind's schemas a listing is checked against, where a kind has several (requirement sets, parents and
   * children); default: the kind. Looks at the mapping's short form. Pure.
   */
  schemaNameOf?(kind: string | null, attributes: JsonObject, settings: Settings): string | null;
  /** Words of the listing schemas beyond JSON Schema that judge values. */
  readonly schemaKeywords?: readonly SchemaKeyword[];
  /** The attribute of the mapping that names the kind (Amazon: `product_type`). It is taken out of the listing. */
  readonly kindAttribute?: string;
  /**
   * Turns the mapping's short form into the channel's own (Amazon's selector arrays), reading the kind's schema.
   * Runs before `canonical` and the schema check. Pure.
   */
  shape?(attributes: JsonObject, context: ShapeContext<Settings>): JsonObject;
  /**
   * The parent a listing belongs under, read from the mapping's short form; null: it stands alone. Variants of one product
   * must tell the same parent. Parents are checked like listings, sent before their children and never counted as listings. Pure.
   */
  family?(attributes: JsonObject): ParentListing | null;
  /** Policy pre-flight beyond the schema; every rule dated and sourced where it is written. Pure. */
  audit?(attributes: JsonObject, context: AuditContext): readonly Issue[];
  /** What stands on the network beside a listing, and what the channel would say of it. Off unless the operator turns it on. */
  readonly inspection?: Inspection;
  /** Spells a listing as the channel will spell it back, so that desired and observed may be compared. Pure, idempotent. */
  canonical?(attributes: JsonObject): JsonObject;
  /** What a buyer would pay now under this listing, for the price guard; absent or null: the channel has no single price. Pure. */
  price?(attributes: JsonObject): Money | null;
  /** The price without a sale, for the price guard too: a jump of it behind an unchanged sale price must not pass. Absent: it is `price`. Pure. */
  regularPrice?(attributes: JsonObject): Money | null;
  /**
   * For channels that may show the quantity of a message before its price: the same listing, or part of one, with nothing to sell;
   * null: it sells nothing as it is. A restock at another price is then sent in two steps, the quantity only once the price is
   * confirmed. Absent: price and quantity of one message take effect together. Pure.
   */
  withoutStock?(attributes: JsonObject): JsonObject | null;
  /** What the channel shows as far as it is ours to compare, less what others may set beside it. Absent: all of it. Pure. */
  comparable?(shown: JsonObject, desired: JsonObject): JsonObject;
  /** True: the channel takes what it sells off the quantity it was sent, before the next buyer. Strict stock needs it. */
  readonly countsDown?: true;
  /** Attributes that are "offer": price, quantity, availability. They may be sent alone. */
  readonly offerAttributes?: readonly string[];
  /** Attributes of the mapping whose every change makes the channel review the listing again; who edits a mapping is told before. */
  readonly reviewedAttributes?: readonly string[];
  /** Whether the shop, set up like this, is told its stock and counts none itself; absent: it cannot be. Pure. */
  isToldStock?(settings: Settings): boolean;
  readonly limits?: Limits;
  /** What the channel allows with its buyers' data; absent: like the strictest. */
  readonly buyerRules?: BuyerRules;
  /** Opens one configured channel. Cheap: no call is made until a port is used. */
  open(settings: Settings, host: Host): OpenChannel;
  /** How a person connects it, step by step; absent: its settings are asked for in one step. */
  readonly guide?: ConnectGuide;
  /** Our local stand-in for the channel, as strict as the real one. Loaded only when wanted. */
  readonly simulator?: () => Promise<SimulatorModule>;
}

/** What we lend a connector. Nothing is global. */
export interface Host {
  readonly channel: ChannelFacts;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the process stops; every wait and call must honour it. */
  readonly signal: AbortSignal;
  /**
   * A token bucket shared by everything of this channel that uses the same name. `account`: shared by all channels of the connector that
   * name the same account, where the channel counts calls of several stores together.
   */
  bucket(name: string, spec: BucketSpec, account?: string): TokenBucket;
  /** Absent: nothing can be kept, and what would be renewed is only warned about. */
  readonly secrets?: SecretShelf;
}

/** Structured log, one line per decision, never per row, never buyer data. */
export interface Log {
  info(facts: JsonObject, message: string): void;
  warn(facts: JsonObject, message: string): void;
  error(facts: JsonObject, message: string): void;
}

/** A channel with its ports. A missing port is a thing the channel cannot do. */
export interface OpenChannel {
  /** Cheapest authenticated call plus missing scopes. An empty list means: ready. */
  check(): Promise<readonly Issue[]>;
  /** Changes to single listings. */
  readonly listings?: ListingPort;
  readonly definitions?: DefinitionPort;
  /** One whole document: the only way, or beside `listings` the daily healing document. */
  readonly feed?: FeedPort;
  /** Stock per store or region of live listings. */
  readonly places?: PlacePort;
  readonly promotions?: PromotionPort;
  readonly signals?: SignalPort;
  readonly conversions?: ConversionPort;
  readonly orders?: OrderPort;
  /** A queue that tells of changed orders. */
  readonly orderNews?: OrderNewsPort;
  readonly source?: SourcePort;
  readonly sink?: SinkPort;
  /** Stock of the locations we count, in a shop. */
  readonly stockKeeper?: StockKeeperPort;
  readonly notifications?: NotificationPort;
  readonly shopNews?: ShopNewsPort;
  readonly items?: ItemPort;
  readonly fees?: FeePort;
  /** Steps an operator takes at the channel by hand, by kebab-case name: register a project, make a test account, list what is there. */
  readonly actions?: Readonly<Record<string, ChannelAction>>;
}

/** `upsert` sends the whole listing, `offer` only its offer attributes, `remove` takes it off the channel. */
export type ListingAction = 'upsert' | 'offer' | 'remove';

/** Who makes the price of a listing: we, or a rule the seller set at the channel. */
export type PricedBy = 'us' | 'channel';

/** One thing to do on a channel. Keyed by SKU: a SKU occurs once in a batch. */
export interface ListingChange {
  readonly sku: string;
  readonly action: ListingAction;
  /** The channel's own name of the listing, when it has told us. */
  readonly externalId: string | null;
  /** Product type and the like, when the channel has kinds. */
  readonly kind: string | null;
  /** The whole listing as shaped and canonical, also for `offer`; empty for `remove`. */
  readonly attributes: JsonObject;
  /** The offer attributes as they were last handed over; null: none were. */
  readonly offerBefore?: JsonObject | null;
  /** Who ships the listing, in the channel's own word, as last told by a receipt or a read-back; null: not told yet. */
  readonly fulfilledBy?: string | null;
  /** `channel`: a rule at the channel makes the price, as last told by a read-back, and ours must not fight it; null: not told. */
  readonly pricedBy?: PricedBy | null;
  /** Grows with every change of the listing; a fence where the channel has one. */
  readonly version: number;
  /** What an upsert does to the listing's place in its family; absent: it never had one and has none. */
  readonly family?: FamilyChange;
}

/** Channels that take changes to single listings. */
export interface ListingPort {
  /**
   * Hands a batch over. `key` is the same when the same batch is repeated. Never throws for a bad item.
   * Throws ChannelError when the call as a whole failed. A SKU without a receipt counts as ambiguous.
   */
  submit(changes: readonly ListingChange[], key: string): Promise<Submission>;
  /** Asks what became of submitted listings; needed wherever a receipt may say `accepted`. SKUs without a verdict stay pending. */
  settle?(pending: PendingSubmission): Promise<Settlement>;
  /** What the channel would say to changes, without taking them; in any order. For trying out, not for every change. */
  preview?(changes: readonly ListingChange[]): Promise<readonly ListingPreview[]>;
  /** Reads back everything the channel has, page by page; null cursor: from the start. A failed read throws. */
  observe?(cursor: string | null): Promise<Page<Observed>>;
  /** Reads back single listings, at most 100. Those the channel does not have are left out. A failed read throws. */
  look?(skus: readonly string[]): Promise<readonly Observed[]>;
  /** Documents of many changes, for loads. Needs `Limits.bulk` and `settle`. */
  readonly bulk?: BulkPort;
}

/**
 * A second way to send listings, for loads: one document of many changes, which the channel works through in its own time. Between
 * the two lanes a channel keeps no order, so the engine never has one SKU in both, and never puts into a document what must not wait.
 */
export interface BulkPort {
  /** Bytes a change takes in a document at most, as it is really encoded, separator included. Pure. */
  bytesOf(change: ListingChange): number;
  /** How long no document may be handed over yet, in milliseconds; 0: one may go now. */
  restMs(): number;
  /**
   * Hands over one document, under the contract of `ListingPort.submit`. A failure before the channel was asked to work on it must not be
   * `ambiguous`. When the answer of the decisive call is lost: receipts `accepted` and no handle; `settle` finds out.
   */
  submit(changes: readonly ListingChange[], key: string): Promise<Submission>;
  /** Takes back a document the channel has not begun. False: it has, or nobody knows. A failed call throws. */
  withdraw?(pending: PendingSubmission): Promise<boolean>;
}

/** The channel's opinion on one change it was not asked to take. */
export interface ListingPreview {
  readonly sku: string;
  readonly accepted: boolean;
  readonly issues: readonly Issue[];
}

/** The channel's first answer to a batch. */
export interface Submission {
  /** Handle for `settle` where the channel works in batches; null where it is asked per listing. */
  readonly id: string | null;
  readonly receipts: readonly Receipt[];
}

/**
 * The channel's answer for one SKU. `accepted` is not live: a verdict must follow. `live` and `removed` are for
 * channels whose answer is final. `retry`: not applied, may be sent again later.
 */
export type Receipt =
  | {
      readonly sku: string;
      readonly outcome: 'accepted' | 'live' | 'removed';
      readonly externalId?: string;
      readonly issues?: readonly Issue[];
      /** Who ships it, in the channel's own word; kept and handed back with the next change. */
      readonly fulfilledBy?: string;
    }
  | {
      readonly sku: string;
      readonly outcome: 'rejected';
      readonly issues: readonly Issue[];
      readonly externalId?: string;
      readonly fulfilledBy?: string;
      /** Sent again after this even unchanged: what it was refused for may end without us (an approval). Absent: only when it changes. */
      readonly againInMs?: number;
    }
  | { readonly sku: string; readonly outcome: 'retry'; readonly code: string; readonly againInMs?: number }
  | { readonly sku: string; readonly outcome: 'ambiguous'; readonly code: string };

/** A submission that has no verdict yet. */
export interface PendingSubmission {
  readonly id: string | null;
  readonly key: string;
  /** `bulk`: it went as a document for loads; absent: by calls for single listings. */
  readonly lane?: 'bulk';
  readonly sentAt: Instant;
  readonly items: readonly {
    readonly sku: string;
    readonly externalId: string | null;
    readonly action: ListingAction;
    readonly kind: string | null;
    /** The parent of a variation family, which is never for sale. */
    readonly parent?: true;
  }[];
}

/** What became of a submission so far. */
export interface Settlement {
  /** Final outcomes only (`accepted` and `ambiguous` do not occur). */
  readonly verdicts: readonly Exclude<Receipt, { outcome: 'ambiguous' }>[];
  /** When to ask again for the rest; absent: the engine's own pace. */
  readonly againInMs?: number;
  /** The handle from now on, where asking has found or changed it. */
  readonly id?: string;
}

/** A listing as the channel has it. */
export interface Observed {
  readonly sku: string;
  readonly externalId: string;
  readonly state: 'live' | 'pending' | 'rejected';
  /** The attributes the channel tells back, spelled as `canonical` spells them; only those it tells. */
  readonly attributes?: JsonObject;
  readonly issues: readonly Issue[];
  /** Who ships it, in the channel's own word, where the channel tells. */
  readonly fulfilledBy?: string;
  /** Who makes the price, where the channel tells. */
  readonly pricedBy?: PricedBy;
  /** True when the channel can tell that somebody else created it: then it is never adopted by itself, only by name. */
  readonly foreign?: boolean;
}
