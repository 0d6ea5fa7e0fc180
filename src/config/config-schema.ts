import { COLUMN_FIELDS } from '../catalog/columns.js';
import { SOURCE_FORMATS } from '../catalog/readers/reader.js';
import { LOG_LEVELS } from '../log/log.js';
import { BACKUPS } from './backups-config.js';
import { LOCATION, MAIL } from './locations-config.js';
import { PROFIT } from './profit-config.js';

/** Names of sources, channels and schedules: they appear in commands, logs and addresses. */
const IDS = { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' } as const;
const TEXT = { type: 'string', minLength: 1 } as const;
const SHARE = { type: 'number', minimum: 0 } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

const SOURCE = {
  type: 'object',
  additionalProperties: false,
  properties: {
    path: TEXT,
    url: { type: 'string', pattern: '^https?://' },
    channel: TEXT,
    role: { enum: ['primary', 'supplemental'] },
    format: { enum: ['auto', ...SOURCE_FORMATS] },
    mapping: TEXT,
    encoding: TEXT,
    delimiter: { type: ['string', 'array'], minLength: 1, items: TEXT },
    quote: { type: 'string', maxLength: 1 },
    decimalMark: { enum: ['.', ','] },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    location: TEXT,
    baseUrl: { type: 'string', pattern: '^https?://' },
    columns: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        ...Object.fromEntries(COLUMN_FIELDS.map((field) => [field, TEXT])),
        attributes: { type: 'object', additionalProperties: TEXT },
      },
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      properties: { outputBytes: COUNT, compressionRatio: COUNT, recordBytes: COUNT, waitingVariants: COUNT },
    },
    guard: {
      type: 'object',
      additionalProperties: false,
      properties: {
        leastRowShare: { ...SHARE, maximum: 1 },
        largestVanishedShare: { ...SHARE, maximum: 1 },
        largestVanished: COUNT,
        fromKnown: COUNT,
      },
    },
  },
} as const;

const STOCK = {
  type: 'object',
  additionalProperties: false,
  properties: {
    safetyStock: COUNT,
    locations: { type: 'array', minItems: 1, items: TEXT },
    tellShop: { type: 'object', minProperties: 1, maxProperties: 50, additionalProperties: TEXT },
    allocation: {
      type: 'object',
      required: ['mode'],
      additionalProperties: false,
      properties: {
        mode: { enum: ['shared', 'percent', 'reserve', 'strict'] },
        keeper: TEXT,
        lastUnits: COUNT,
        cap: COUNT,
        percent: { type: 'number', minimum: 0, maximum: 100 },
        units: COUNT,
      },
    },
  },
} as const;

const PLACE = {
  type: 'object',
  additionalProperties: false,
  properties: {
    store: TEXT,
    region: TEXT,
    pickup: {
      type: 'object',
      required: ['method'],
      additionalProperties: false,
      properties: { method: TEXT, sla: TEXT },
    },
  },
} as const;

const CHANNEL = {
  type: 'object',
  required: ['connector', 'country', 'language', 'currency', 'zone'],
  additionalProperties: false,
  properties: {
    connector: TEXT,
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
    language: { type: 'string', pattern: '^[a-z]{2,3}(-[a-z0-9]{2,8})*$' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    zone: TEXT,
    mapping: TEXT,
    params: { type: 'object' },
    settings: { type: 'object' },
    stock: STOCK,
    places: { type: 'object', additionalProperties: PLACE },
    promotions: TEXT,
    signals: {
      type: 'object',
      additionalProperties: false,
      required: ['originCountry', 'originPostalCode'],
      properties: {
        from: { type: 'array', items: TEXT },
        originCountry: { type: 'string', pattern: '^[A-Z]{2}$' },
        originPostalCode: TEXT,
      },
    },
    guard: {
      type: 'object',
      additionalProperties: false,
      properties: {
        removalShare: SHARE,
        fewListings: COUNT,
        priceFall: SHARE,
        priceRise: SHARE,
        heldShare: SHARE,
      },
    },
    adopt: { enum: ['ask', 'matching'] },
    heal: { anyOf: [{ const: false }, TEXT] },
    inspect: {
      type: 'object',
      additionalProperties: false,
      properties: {
        images: { type: 'boolean' },
        pages: { type: 'boolean' },
        perDay: { type: 'integer', minimum: 1, maximum: 1_000_000 },
        perSecond: { type: 'number', exclusiveMinimum: 0, maximum: 50 },
      },
    },
    profit: PROFIT,
    orders: {
      type: 'object',
      additionalProperties: false,
      properties: {
        placeIn: TEXT,
        policy: { enum: ['all', 'matched', 'none'] },
        split: { type: 'boolean' },
        keepBuyersDays: { type: 'integer', minimum: 1, maximum: 3_650 },
        keepMonths: { type: 'integer', minimum: 1, maximum: 240 },
      },
    },
  },
} as const;

const CHECKOUT = {
  type: 'object',
  required: ['cart', 'address'],
  additionalProperties: false,
  properties: {
    cart: { enum: ['shopify', 'woocommerce', 'template'] },
    address: { type: 'string', pattern: '^https?://[^\\s@]+$', maxLength: 2_000 },
    item: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\{id\\}' },
    separator: { type: 'string', maxLength: 10 },
    cartId: TEXT,
    fallback: { type: 'string', pattern: '^https?://[^\\s@]+$', maxLength: 2_000 },
  },
} as const;

/** The shape of `omnifeed.yaml`; what needs more than shape is in `config-checks.ts`. */
export const CONFIG_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    database: TEXT,
    queue: { type: 'string', pattern: '^(embedded|rediss?://.+)$' },
    keyFile: TEXT,
    keyRing: TEXT,
    backups: BACKUPS,
    http: {
      type: 'object',
      additionalProperties: false,
      properties: {
        host: TEXT,
        port: { type: ['integer', 'string'], minimum: 0, maximum: 65_535, pattern: '^[0-9]{1,5}$' },
        console: { type: 'boolean' },
        publicUrl: { type: 'string', pattern: '^https?://[^\\s@/]+/?$', maxLength: 500 },
        trustProxy: { type: 'boolean' },
      },
    },
    catalog: {
      type: 'object',
      additionalProperties: false,
      properties: {
        language: { type: 'string', pattern: '^[a-z]{2,3}(-[a-z0-9]{2,8})*$' },
        rates: TEXT,
      },
    },
    checkout: CHECKOUT,
    hooks: {
      type: 'object',
      required: ['secret'],
      additionalProperties: false,
      properties: { secret: { type: 'string', minLength: 24, pattern: '^[A-Za-z0-9_-]+$' } },
    },
    webhooks: {
      type: 'object',
      additionalProperties: false,
      properties: {
        privateHosts: {
          type: 'array',
          maxItems: 50,
          items: { type: 'string', minLength: 1, maxLength: 253, pattern: '^[A-Za-z0-9.:_-]+$' },
        },
      },
    },
    conversions: {
      type: 'object',
      required: ['secret'],
      additionalProperties: false,
      properties: { secret: { type: 'string', minLength: 16 } },
    },
    customerExport: {
      type: 'object',
      required: ['url', 'secret'],
      additionalProperties: false,
      properties: {
        url: { type: 'string', pattern: '^https?://[^\\s@]+$', maxLength: 2_000 },
        secret: { type: 'string', minLength: 24 },
      },
    },
    log: { type: 'object', additionalProperties: false, properties: { level: { enum: [...LOG_LEVELS] } } },
    sources: { type: 'object', propertyNames: IDS, additionalProperties: SOURCE },
    channels: { type: 'object', propertyNames: IDS, additionalProperties: CHANNEL },
    locations: {
      type: 'object',
      propertyNames: { minLength: 1, maxLength: 200 },
      additionalProperties: LOCATION,
    },
    mail: MAIL,
    schedules: {
      type: 'object',
      propertyNames: IDS,
      additionalProperties: {
        type: 'object',
        required: ['job', 'cron'],
        additionalProperties: false,
        properties: { job: TEXT, key: TEXT, cron: TEXT, zone: TEXT },
      },
    },
  },
} as const;
