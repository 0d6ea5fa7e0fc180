import type { GuardSettings } from '../catalog/guard.js';
import type { SourceSettings } from '../catalog/readers/reader.js';
import type { InspectLimits } from '../channel/inspection.js';
import type { Retention } from '../channel/retention.js';
import type { CheckoutSettings } from '../checkout/checkout-settings.js';
import type { ChannelFacts } from '../domain/channel-facts.js';
import type { JsonObject } from '../domain/json.js';
import type { Location } from '../domain/location.js';
import type { PlaceSetup } from '../domain/place.js';
import type { ToldLocation } from '../domain/shop-stock.js';
import type { Allocation } from '../domain/stock.js';
import type { LogLevel } from '../log/log.js';
import type { ProfitSettings } from '../profit/profit-settings.js';
import type { GuardLimits } from '../sync/guard.js';
import type { BackupsConfig } from './backups-config.js';

/** `omnifeed.yaml` after checking: defaults filled in, environment put in, paths absolute. */
export interface Config {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder; relative paths start here. */
  readonly folder: string;
  /** The file as it was written, with the environment put in: what is set up elsewhere is checked together with it. Holds secrets. */
  readonly written: JsonObject;
  /** Absolute path of a SQLite file, `:memory:`, or `postgres://…`. */
  readonly database: string;
  /** `embedded` (in the database) or `redis://…`. */
  readonly queue: string;
  /** Absolute path of the file with the data key, used when OMNIFEED_KEY is not set. */
  readonly keyFile: string;
  /** Database of the keys of buyers; null: a table of the main database. */
  readonly keyRing: string | null;
  readonly catalog: CatalogConfig;
  readonly http: HttpConfig;
  /** The address shoppers come to from Meta; null: not served. */
  readonly checkout: CheckoutSettings | null;
  /** The addresses where channels tell that a listing changed; null: not served. */
  readonly hooks: { readonly secret: string } | null;
  /** The address where the shop tells purchases; null: not served. */
  readonly conversions: { readonly secret: string } | null;
  /** The address customers who agreed are posted to; null: only files are written. */
  readonly customerExport: { readonly url: string; readonly secret: string } | null;
  readonly log: { readonly level: LogLevel };
  readonly sources: readonly SourceConfig[];
  readonly channels: readonly ChannelConfig[];
  /** Warehouses and stores of the merchant, in the order of the file; empty: nobody decides where an order is fulfilled. */
  readonly locations: readonly Location[];
  /** Where letters to staff are handed in; null: none are sent. */
  readonly mail: MailConfig | null;
  readonly backups: BackupsConfig;
  /** Hosts in the merchant's own network that webhooks may go to; all others must be public. */
  readonly webhooks: { readonly privateHosts: readonly string[] };
  readonly schedules: readonly ScheduleConfig[];
  /** Values that must not be shown or logged: secret settings, passwords in addresses. */
  readonly secrets: readonly string[];
}

/** The one HTTP server of the house. */
export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Whether the API and the console are served beside the addresses the rest of the configuration asks for. */
  readonly console: boolean;
  /** `https://feeds.example`: the address people use, when a proxy stands before us; null: they come directly. */
  readonly publicUrl: string | null;
  /** Whether what a proxy says of the caller's address is believed (`x-forwarded-for`). */
  readonly trustProxy: boolean;
}

/** What mappings must know of the catalog as a whole. */
export interface CatalogConfig {
  /** Language of the products' own texts; null: they are taken for the language of each channel. */
  readonly language: string | null;
  /** Absolute path of a file with exchange rates for `convert`; null: nothing is converted. */
  readonly rates: string | null;
}

/** Where product data comes from: a file, an address or a shop. */
export interface SourceConfig extends SourceSettings {
  /** Primary sources bring products; supplemental ones add to products that are known. */
  readonly role: 'primary' | 'supplemental';
  /** Absolute path; exactly one of `path`, `url` and `channel` is there. */
  readonly path?: string;
  readonly url?: string;
  /** Id of the channel whose shop it is. */
  readonly channel?: string;
  readonly guard: Partial<GuardSettings>;
}

/** One account of a connector in one market. */
export interface ChannelConfig extends ChannelFacts {
  /** Absolute path of the merchant's mapping; absent: the connector's default mapping. */
  readonly mapping?: string;
  /** Values for the mapping's params. */
  readonly params: JsonObject;
  /** Checked against the connector's settings schema. */
  readonly settings: JsonObject;
  readonly stock: {
    readonly allocation: Allocation;
    readonly safetyStock: number;
    readonly locations?: readonly string[];
  };
  /** Our locations whose stock is written into this shop (`stock.tellShop`), with the shop's own id of each; empty: none is. */
  readonly tellShop: readonly ToldLocation[];
  /** Absolute path of the promotions file, YAML or CSV; null: the channel is told no promotions. */
  readonly promotions: string | null;
  /** Null, unless the operator asked for it: parcels are reported with the destination's country and postal code. */
  readonly signals: SignalsConfig | null;
  /** Stores and regions of the channel and the locations that are them; empty: it is told no stock per place. */
  readonly places: readonly PlaceSetup[];
  readonly guard: Partial<GuardLimits>;
  /** What happens to listings the channel had before us: `ask` leaves them alone until `omnifeed adopt`, `matching` takes over those whose SKU we list. */
  readonly adopt: 'ask' | 'matching';
  /** When everything is stated in one healing document, five or six cron fields in the channel's zone; null: never. Only for channels that take both documents and single changes. */
  readonly heal: string | null;
  /** Looks at pictures and landing pages on the network; null: off. */
  readonly inspect: InspectLimits | null;
  readonly orders: OrdersConfig;
  /** What profits are worked out with; null: nobody said what the prices contain. */
  readonly profit: ProfitSettings | null;
}

/** A mail server, and the address letters come from. */
export interface MailConfig {
  /** `smtps://user:password@host:465`, or `smtp://` with STARTTLS where the server offers it. */
  readonly server: string;
  readonly from: string;
}

/** Parcels that are reported to a channel that learns delivery speed from them. */
export interface SignalsConfig {
  /** Ids of channels whose parcels are reported; null: all that sell. */
  readonly from: readonly string[] | null;
  readonly originCountry: string | null;
  readonly originPostalCode: string | null;
}

/** What happens with a channel's orders. */
export interface OrdersConfig {
  /** Which orders are placed in the storefront: all, those whose SKUs are all known, none. */
  readonly policy: 'all' | 'matched' | 'none';
  /** Whether one order may leave from several locations. */
  readonly split: boolean;
  /** Id of the storefront channel; absent: orders are kept and reserve stock, but are placed nowhere. */
  readonly placeIn?: string;
  /** Within what the channel allows. */
  readonly retention: Retention;
}

/** When a job looks again by itself. */
export interface ScheduleConfig {
  readonly id: string;
  readonly job: string;
  /** The key to wake: a channel or source id; `*` where the job has no key of its own. */
  readonly key: string;
  /** Five or six fields, `0 3 * * *`. */
  readonly cron: string;
  /** IANA zone the fields are read in. */
  readonly zone: string;
}
