import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { joining } from './families.js';
import { issue, type ListingIssue } from './listing-rules.js';

/** A listing as the simulated Amazon has it. */
export interface Shelved {
  readonly sku: string;
  /** Null: an offer that was sent for an item nobody described, which shoppers never see. */
  asin: string | null;
  readonly createdAt: string;
  productType: string;
  /** What the seller last submitted; `attributes` of reads echo it. */
  submitted: JsonObject;
  /** What shoppers see; null: nothing yet. */
  shown: JsonObject | null;
  issues: readonly ListingIssue[];
  /** The parent it was taken in under; null: none. */
  joined: string | null;
  /** How often a relationship to a parent was sent for it. */
  relationsSent: number;
  updatedAt: string;
  /** Units in Amazon's own warehouses; null: the merchant ships. */
  amazonStock: number | null;
  /** How often a quantity came together with another price: shoppers could buy at the old one until the new one was through. */
  soldAtOldPrice: number;
}

/** What a submission does to a listing, when its time has come. */
export type Change =
  | { readonly kind: 'put'; readonly productType: string; readonly attributes: JsonObject }
  | { readonly kind: 'patch'; readonly productType: string; readonly patches: readonly JsonObject[] }
  | { readonly kind: 'delete' };

/** The seller's listings. Submissions take effect `processingMs` after they were accepted. */
export interface Shelf {
  accept(sku: string, change: Change): void;
  get(sku: string): Shelved | null;
  all(): readonly Shelved[];
  /** What is listed or will be once everything accepted is processed. */
  awaited(sku: string): JsonObject | null;
  tamper(sku: string, attributes: JsonObject | null): void;
  refuse(sku: string, code: string): void;
  /** Amazon finds something later, without a submission; an empty list: it is over. */
  complain(sku: string, issues: readonly ListingIssue[]): void;
  /** Product types that take no patches of members of a family. */
  readonly wholeOnly: Set<string>;
  /** From now on Amazon ships the listing from its warehouses (FBA), with so many units there; null: the merchant does. */
  shipFromWarehouse(sku: string, units: number | null): void;
}

interface Job {
  readonly sku: string;
  readonly change: Change;
  readonly acceptedMs: number;
  readonly dueMs: number;
}

/** An empty shelf. Nothing runs in the background: every look first does what is due. */
export function shelf(processingMs: number): Shelf {
  const listings = new Map<string, Shelved>();
  const refusals = new Map<string, string>();
  const jobs: Job[] = [];
  let asins = 0;

  function catchUp(): void {
    const now = Date.now();
    for (let job = jobs[0]; job && job.dueMs <= now; job = jobs[0]) {
      jobs.shift();
      apply(job);
    }
  }

  function apply({ sku, change, acceptedMs, dueMs }: Job): void {
    if (change.kind === 'delete') {
      remove(sku);
      return;
    }
    const listing = listings.get(sku);
    const attributes =
      change.kind === 'put' ? change.attributes : patched(listing?.submitted ?? {}, change.patches);
    const refusal = refusals.get(sku);
    const shown = refusal === undefined ? attributes : (listing?.shown ?? null);
    const place = placed(listing, attributes, { change, acceptedMs });
    listings.set(sku, {
      sku,
      createdAt: listing?.createdAt ?? new Date(dueMs).toISOString(),
      asin: listing?.asin ?? asinFor(change),
      productType: change.kind === 'put' ? change.productType : (listing?.productType ?? change.productType),
      submitted: attributes,
      shown,
      issues: refusal === undefined ? place.issues : [suppressed(refusal)],
      joined: place.joined,
      relationsSent: (listing?.relationsSent ?? 0) + (sendsRelation(change) ? 1 : 0),
      updatedAt: new Date(dueMs).toISOString(),
      amazonStock: listing?.amazonStock ?? null,
      soldAtOldPrice:
        (listing?.soldAtOldPrice ?? 0) + (opensAtOldPrice(listing?.shown ?? null, shown) ? 1 : 0),
    });
  }

  function remove(sku: string): void {
    for (const [name, each] of listings)
      if (each.joined === sku) listings.set(name, { ...each, joined: null });
    listings.delete(sku);
  }

  /** A place that was taken stays until something is said about it; a new one needs a parent that could be read when it was asked for. */
  function placed(
    listing: Shelved | undefined,
    attributes: JsonObject,
    { change, acceptedMs }: Pick<Job, 'change' | 'acceptedMs'>,
  ): ReturnType<typeof joining> {
    const said = change.kind === 'put' || touchesFamily(change);
    if (!said && listing && listing.joined !== null) return { joined: listing.joined, issues: [] };
    return joining(attributes, (sku) => {
      const parent = listings.get(sku);
      return parent && Date.parse(parent.createdAt) <= acceptedMs ? parent : undefined;
    });
  }

  const nextAsin = (): string => `B0SIM${String(++asins).padStart(5, '0')}`;

  /** An offer belongs to the item it names; a listing of a new item makes one; a patch makes none. */
  const asinFor = (change: Change): string | null =>
    change.kind === 'put' ? (suggestedAsin(change.attributes) ?? nextAsin()) : null;

  return {
    wholeOnly: new Set(),
    accept: (sku, change) => {
      catchUp();
      const acceptedMs = Date.now();
      jobs.push({ sku, change: structuredClone(change), acceptedMs, dueMs: acceptedMs + processingMs });
      catchUp();
    },
    get: (sku) => {
      catchUp();
      return listings.get(sku) ?? null;
    },
    all: () => {
      catchUp();
      return [...listings.values()];
    },
    awaited: (sku) => {
      catchUp();
      let attributes = listings.get(sku)?.submitted ?? null;
      for (const { change } of jobs.filter((job) => job.sku === sku)) {
        if (change.kind === 'delete') attributes = null;
        else
          attributes = change.kind === 'put' ? change.attributes : patched(attributes ?? {}, change.patches);
      }
      return attributes;
    },
    tamper: (sku, attributes) => {
      catchUp();
      if (attributes === null) return void remove(sku);
      apply({
        sku,
        change: { kind: 'put', productType: listings.get(sku)?.productType ?? 'PRODUCT', attributes },
        acceptedMs: Date.now(),
        dueMs: Date.now(),
      });
    },
    refuse: (sku, code) => void refusals.set(sku, code),
    complain: (sku, issues) => {
      catchUp();
      const listing = listings.get(sku);
      if (listing) listing.issues = issues;
    },
    shipFromWarehouse: (sku, units) => {
      catchUp();
      const listing = listings.get(sku);
      if (!listing) return;
      const code = units === null ? 'DEFAULT' : WAREHOUSES;
      const stock = { fulfillment_availability: [{ fulfillment_channel_code: code }] };
      listing.amazonStock = units;
      listing.submitted = { ...listing.submitted, ...stock };
      if (listing.shown !== null) listing.shown = { ...listing.shown, ...stock };
    },
  };
}

/**
 * Stock is visible before a price of the same message. Source: selling-partner-api-models issue 4901; verified 2026-11.
 */
function opensAtOldPrice(before: JsonObject | null, after: JsonObject | null): boolean {
  if (before === null || after === null || inStock(before) || !inStock(after)) return false;
  const price = (listing: JsonObject): string => JSON.stringify(listing.purchasable_offer ?? null);
  return before.purchasable_offer !== undefined && price(before) !== price(after);
}

/** Whether shoppers find stock: counted, or said to be endless. */
export function inStock(listing: JsonObject): boolean {
  return objects(listing.fulfillment_availability).some(
    (channel) => channel.is_inventory_available === true || Number(channel.quantity ?? 0) > 0,
  );
}

const RELATION = 'child_parent_sku_relationship';

function touchesFamily(change: Change): boolean {
  const names = ['parentage_level', 'variation_theme', RELATION].map((name) => `/attributes/${name}`);
  return change.kind === 'patch' && change.patches.some(({ path }) => names.includes(String(path)));
}

function sendsRelation(change: Change): boolean {
  if (change.kind === 'put') return change.attributes[RELATION] !== undefined;
  return (
    change.kind === 'patch' &&
    change.patches.some(({ op, path }) => op !== 'delete' && path === `/attributes/${RELATION}`)
  );
}

function suppressed(code: string): ListingIssue {
  return {
    ...issue(code, 'The listing violates a policy and was suppressed.', null, ''),
    enforcements: { actions: [{ action: 'LISTING_SUPPRESSED' }], exemption: { status: 'NOT_EXEMPT' } },
  };
}

function suggestedAsin(attributes: JsonObject): string | null {
  const [first] = objects(attributes.merchant_suggested_asin);
  return typeof first?.value === 'string' ? first.value : null;
}

/** Code of Amazon's warehouses in the store's region. */
export const WAREHOUSES = 'AMAZON_NA';

/** Members that tell instances of an attribute apart. */
const SELECTORS = ['marketplace_id', 'language_tag', 'currency', 'audience', 'fulfillment_channel_code'];

/** The attributes after the operations of a patch, in order. */
export function patched(attributes: JsonObject, patches: readonly JsonObject[]): JsonObject {
  const result: Record<string, JsonValue | undefined> = { ...attributes };
  for (const patch of patches) {
    const name = String(patch.path).slice('/attributes/'.length);
    const held = objects(result[name]);
    const given = objects(patch.value);
    const others = held.filter((instance) => !given.some((each) => sameSelectors(instance, each)));
    const next =
      patch.op === 'delete'
        ? others
        : patch.op === 'merge'
          ? [
              ...others,
              ...given.map((each) =>
                merged(
                  held.find((instance) => sameSelectors(instance, each)),
                  each,
                ),
              ),
            ]
          : [...others, ...given];
    if (next.length > 0) result[name] = next;
    else delete result[name];
  }
  return result;
}

function merged(held: JsonObject | undefined, given: JsonObject): JsonObject {
  const members = Object.entries({ ...held, ...given }).filter(([, value]) => value !== null);
  return Object.fromEntries(members);
}

/** A selector that is not given stands for its default. */
function sameSelectors(a: JsonObject, b: JsonObject): boolean {
  const defaults: JsonObject = { audience: 'ALL', marketplace_id: ACCOUNT.marketplaceId };
  return SELECTORS.every((name) => (a[name] ?? defaults[name]) === (b[name] ?? defaults[name]));
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
