/** A place with stock. */
export interface ShopLocation {
  readonly id: string;
  readonly name: string;
  active: boolean;
}

/** Units of an item at a place: `on_hand` is `available` and `committed` together. */
export interface StockLevel {
  readonly id: string;
  readonly location: string;
  available: number;
  committed: number;
  updatedMs: number;
}

/** A sellable, with its inventory item. */
export interface ShopVariant {
  readonly id: string;
  readonly itemId: string;
  sku: string | null;
  title: string;
  price: string;
  compareAtPrice: string | null;
  barcode: string | null;
  tracked: boolean;
  policy: 'DENY' | 'CONTINUE';
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly image: string | null;
  readonly levels: StockLevel[];
}

/** A product of the shop. */
export interface ShopProduct {
  readonly id: string;
  handle: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED' | 'UNLISTED';
  tags: readonly string[];
  category: string | null;
  readonly collections: readonly string[];
  readonly images: readonly string[];
  readonly metafields: readonly {
    readonly namespace: string;
    readonly key: string;
    readonly type: string;
    readonly value: string;
  }[];
  readonly createdMs: number;
  updatedMs: number;
  readonly variants: ShopVariant[];
}

/** Doors for tests: what the shop does in cases Shopify does not document, and how late its index is. */
export interface ShopSwitches {
  /** What `orderCreate` does with a key that is taken: refuse the order, or make it without the key. */
  takenKey: 'refuse' | 'drop';
  /** `orders(query:)` shows an order after this long. */
  indexLagMs: number;
  /** The search answers as if it had no filter. */
  ignoresFilters: boolean;
  /** Trial and development stores take five orders a minute. */
  developmentStore: boolean;
  /** The version that is served, whichever is asked for. */
  servedVersion: string | null;
  /** What becomes of bulk operations: the file is cut, or the operation fails with part of its data. */
  bulk: 'whole' | 'cut' | 'fails';
  /** Points one call may cost. */
  mostCost: number;
}

/** Everything the shop holds but its orders. */
export interface ShopState {
  currency: string;
  readonly scopes: Set<string>;
  readonly locations: ShopLocation[];
  readonly products: ShopProduct[];
  /** `namespace key` of the metafield definitions of orders → type. */
  readonly orderKeys: Map<string, string>;
  readonly hooks: { readonly id: string; readonly topic: string; readonly uri: string }[];
  readonly switches: ShopSwitches;
  /** Mails that left the shop, and customers that were made: there must never be one. */
  readonly outbox: string[];
  nowMs(): number;
  /** Lets the time of the shop go on. */
  advance(ms: number): void;
  nextId(type: string): string;
}

/** Every scope the connector may want. */
export const ALL_SCOPES: readonly string[] = [
  'read_products',
  'read_inventory',
  'write_inventory',
  'read_locations',
  'write_orders',
  'read_merchant_managed_fulfillment_orders',
  'read_third_party_fulfillment_orders',
  'read_all_orders',
];

/** An empty shop with one active location. */
export function shopState(): ShopState {
  let offsetMs = 0;
  let last = 1_000;
  const nextId = (type: string): string => `gid://shopify/${type}/${++last}`;
  return {
    currency: 'USD',
    scopes: new Set(ALL_SCOPES),
    locations: [{ id: nextId('Location'), name: 'Warehouse', active: true }],
    products: [],
    orderKeys: new Map(),
    hooks: [],
    switches: {
      takenKey: 'refuse',
      indexLagMs: 5_000,
      ignoresFilters: false,
      developmentStore: false,
      servedVersion: null,
      bulk: 'whole',
      mostCost: 1_000,
    },
    outbox: [],
    nowMs: () => Date.now() + offsetMs,
    advance(ms) {
      offsetMs += ms;
    },
    nextId,
  };
}

/** A product to be put into the shop; what is left out is usual. */
export type NewProduct = Partial<Omit<ShopProduct, 'id' | 'variants' | 'createdMs' | 'updatedMs'>> & {
  readonly title: string;
  readonly variants: readonly (Partial<Omit<ShopVariant, 'id' | 'itemId' | 'levels'>> & {
    readonly sku: string | null;
    readonly stock?: number;
  })[];
};

/** Puts a product into the shop, its stock at the first location. */
export function addProduct(shop: ShopState, product: NewProduct): ShopProduct {
  const location = shop.locations[0]?.id ?? '';
  const made: ShopProduct = {
    handle: product.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    descriptionHtml: '',
    vendor: 'Simulated',
    productType: '',
    status: 'ACTIVE',
    tags: [],
    category: null,
    collections: [],
    images: [],
    metafields: [],
    ...product,
    id: shop.nextId('Product'),
    createdMs: shop.nowMs(),
    updatedMs: shop.nowMs(),
    variants: product.variants.map(({ stock, ...variant }) => ({
      title: 'Default Title',
      price: '10.00',
      compareAtPrice: null,
      barcode: null,
      tracked: true,
      policy: 'DENY',
      options: [{ name: 'Title', value: 'Default Title' }],
      image: null,
      ...variant,
      id: shop.nextId('ProductVariant'),
      itemId: shop.nextId('InventoryItem'),
      levels: [
        {
          id: shop.nextId('InventoryLevel'),
          location,
          available: stock ?? 0,
          committed: 0,
          updatedMs: shop.nowMs(),
        },
      ],
    })),
  };
  shop.products.push(made);
  return made;
}

/** The variant of an id. */
export function variantOf(shop: ShopState, id: string): ShopVariant | undefined {
  return shop.products.flatMap(({ variants }) => variants).find((variant) => variant.id === id);
}
