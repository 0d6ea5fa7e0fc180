/** A product, or a variation of one (`parent` is its id then). Prices as the merchant typed them. */
export interface HeldItem {
  readonly id: number;
  readonly parent: number;
  type: 'simple' | 'variable' | 'variation' | 'grouped' | 'external';
  name: string;
  sku: string;
  status: string;
  visibility: string;
  price: string;
  salePrice: string;
  saleFrom: string | null;
  saleTo: string | null;
  manageStock: boolean | 'parent';
  quantity: number | null;
  stockStatus: 'instock' | 'outofstock' | 'onbackorder';
  backorders: 'no' | 'notify' | 'yes';
  taxClass: string;
  virtual: boolean;
  gtin: string;
  weight: string;
  dimensions: { readonly length: string; readonly width: string; readonly height: string };
  attributes: readonly {
    readonly name: string;
    readonly options: readonly string[];
    readonly variation?: boolean;
  }[];
  /** Of a variation: the option of each attribute; empty: any. */
  options: Readonly<Record<string, string>>;
  categories: readonly string[];
  tags: readonly string[];
  brands: readonly string[];
  images: readonly string[];
  description: string;
  readonly createdMs: number;
  modifiedMs: number;
}

/** A tax of the shop: percent of the net amount, by country; `class` empty: standard. */
export interface TaxRate {
  readonly id: number;
  readonly country: string;
  readonly class: string;
  readonly percent: number;
  readonly onShipping: boolean;
}

/** A webhook of the shop. */
export interface HeldHook {
  readonly id: number;
  readonly topic: string;
  readonly address: string;
  secret: string;
  status: 'active' | 'paused' | 'disabled';
}

/** Doors for tests: what differs from host to host and from plugin to plugin. */
export interface ShopSwitches {
  /** Whether WordPress thinks that calls come over TLS. */
  tls: boolean;
  dropsAuthorization: boolean;
  /** What `search` looks at: see `search.ts`. */
  storage: 'hpos' | 'hpos-old' | 'hpos-fulltext' | 'posts';
  /** A plugin takes search and dates out of every query. */
  ignoresFilters: boolean;
  fulfillments: boolean;
  variationsRoute: boolean;
  /** Namespaces of tracking plugins that are there. */
  trackers: readonly string[];
  /** Merely looking at an order moves its stamp (woocommerce/woocommerce#41226). */
  viewMovesStamp: boolean;
  /** A page of HTML with status 200 instead of every answer. */
  maintenance: boolean;
  /** A notice of PHP stands before the JSON. */
  notice: boolean;
  /** Every call is redirected there. */
  movedTo: string | null;
  /** Something in front refuses every call with a page. */
  firewall: boolean;
  /** Orders are made only when time goes on, after the caller got 504. */
  lateCommits: boolean;
  version: string;
}

/** Everything a shop holds but its orders. */
export interface ShopState {
  currency: string;
  /** Digits of its prices. */
  decimals: number;
  /** Prices are entered with tax; null: no taxes are calculated. */
  pricesIncludeTax: boolean | null;
  readonly rates: TaxRate[];
  readonly items: HeldItem[];
  readonly hooks: HeldHook[];
  readonly keys: { key: string; secret: string; permissions: 'read' | 'write' | 'read_write' };
  readonly switches: ShopSwitches;
  /** Mails that left: `customer_processing_order ann@example.com`. */
  readonly outbox: string[];
  /** The address the site knows itself by. */
  home: string;
  nowMs(): number;
  /** Lets the time of the shop go on; what was late is made. */
  advance(ms: number): void;
  later(step: () => void): void;
  nextId(): number;
}

/** An empty shop without taxes. */
export function shopState(): ShopState {
  let offsetMs = 0;
  let last = 700;
  const late: (() => void)[] = [];
  return {
    currency: 'USD',
    decimals: 2,
    pricesIncludeTax: null,
    rates: [],
    items: [],
    hooks: [],
    keys: { key: 'ck_simulated', secret: 'cs_simulated', permissions: 'read_write' },
    switches: {
      tls: false,
      dropsAuthorization: false,
      storage: 'hpos',
      ignoresFilters: false,
      fulfillments: false,
      variationsRoute: true,
      trackers: [],
      viewMovesStamp: false,
      maintenance: false,
      notice: false,
      movedTo: null,
      firewall: false,
      lateCommits: false,
      version: '11.0.1',
    },
    outbox: [],
    home: '',
    nowMs: () => Date.now() + offsetMs,
    advance(ms) {
      offsetMs += ms;
      for (const step of late.splice(0)) step();
    },
    later: (step) => void late.push(step),
    nextId: () => ++last,
  };
}

/** A product to be put into the shop; what is left out is usual. */
export type NewItem = Partial<Omit<HeldItem, 'id' | 'createdMs' | 'modifiedMs' | 'parent'>> & {
  readonly variations?: readonly NewItem[];
};

/** Puts a product with its variations into the shop. */
export function addItem(shop: ShopState, item: NewItem, parent = 0): HeldItem {
  const { variations = [], ...given } = item;
  const now = shop.nowMs();
  const made: HeldItem = {
    type: parent > 0 ? 'variation' : variations.length > 0 ? 'variable' : 'simple',
    name: 'Article',
    sku: '',
    status: 'publish',
    visibility: 'visible',
    price: '10.00',
    salePrice: '',
    saleFrom: null,
    saleTo: null,
    manageStock: given.quantity !== undefined,
    quantity: null,
    stockStatus: 'instock',
    backorders: 'no',
    taxClass: '',
    virtual: false,
    gtin: '',
    weight: '',
    dimensions: { length: '', width: '', height: '' },
    attributes: [],
    options: {},
    categories: [],
    tags: [],
    brands: [],
    images: [],
    description: '',
    ...given,
    id: shop.nextId(),
    parent,
    createdMs: now,
    modifiedMs: now,
  };
  shop.items.push(made);
  for (const variation of variations) addItem(shop, { name: made.name, ...variation }, made.id);
  return made;
}

/** Whoever counts the units of an item: itself, its product, or nobody. */
export function counterOf(shop: ShopState, item: HeldItem): HeldItem | null {
  if (item.manageStock === true) return item;
  if (item.manageStock !== 'parent') return null;
  return shop.items.find(({ id }) => id === item.parent) ?? null;
}
