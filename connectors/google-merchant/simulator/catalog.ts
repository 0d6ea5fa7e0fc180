import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import type { CatalogWorld } from './catalog-world.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { checkInput, normalisedOfferId } from './input-check.js';
import { readListing, writeListing } from './listing-text.js';
import { isShown, LIFE_MS, processed } from './processing.js';
import { checkSupplement, supplements } from './supplements.js';

const MASK = /^(productAttributes|product_attributes)\.([A-Za-z0-9_]+)$/;

interface Entry {
  readonly key: string;
  readonly offerId: string;
  /** What was last accepted; null: deleted. */
  input: JsonObject | null;
  dataSource: string;
  /** When the input last changed. */
  changedAt: number;
  /** When that will have been processed; null: it has been. */
  dueAt: number | null;
  product: JsonObject | null;
}

/** Product inputs as accepted, and products as processed some time later. */
export interface Catalog {
  insert(input: JsonObject, dataSource: string): JsonObject;
  patch(key: string, input: JsonObject, target: { dataSource: string; mask: string | null }): JsonObject;
  remove(key: string, dataSource: string): JsonObject;
  get(key: string): JsonObject;
  /** Processed products in the order of their names; with keys, only those of them that are there. */
  list(keys?: readonly string[]): readonly JsonObject[];
  held(): ReadonlyMap<string, JsonObject>;
  tamper(sku: string, attributes: JsonObject | null): void;
  refuse(sku: string, code: string): void;
  /** A file is a whole snapshot of its source: what it does not name is gone. Returns how many products are new. */
  snapshot(dataSource: string, inputs: readonly JsonObject[]): number;
  /** A data source is deleted: its products go with it. */
  dropSource(dataSource: string): void;
}

/** An empty catalog. */
export function productCatalog(world: CatalogWorld): Catalog {
  const entries = new Map<string, Entry>();
  const refused = new Map<string, string>();
  const beside = supplements(world);
  /** Entries by key; null: the set of keys has changed since. */
  let ordered: readonly Entry[] | null = null;

  /** Lets time pass for one entry; nothing when it is gone. */
  function settle(entry: Entry | undefined): Entry | null {
    if (entry === undefined) return null;
    if (entry.dueAt !== null && entry.dueAt <= world.now()) process(entry);
    const gone = entry.input === null && entry.product === null;
    const expired = entry.product !== null && world.now() > entry.changedAt + LIFE_MS;
    if (!gone && !expired) return entry;
    if (expired) world.changed({ key: entry.key, before: entry.product, after: null });
    drop(entry.key);
    return null;
  }

  function settled(): readonly Entry[] {
    ordered ??= [...entries.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    return ordered.filter((entry) => settle(entry) !== null);
  }

  function put(entry: Entry): void {
    if (!entries.has(entry.key)) ordered = null;
    entries.set(entry.key, entry);
  }

  function drop(key: string): void {
    if (entries.delete(key)) ordered = null;
  }

  function process(entry: Entry): void {
    const input = entry.input === null ? null : beside.merged(entry.key, entry.input, entry.dataSource);
    const before = entry.product;
    entry.product = input === null ? null : processed(entry, input, refused.get(entry.offerId), world);
    entry.dueAt = null;
    world.changed({ key: entry.key, before, after: entry.product });
  }

  function accept(entry: Entry, input: JsonObject | null): void {
    entry.input = input === null ? null : withPlainNames(input);
    entry.changedAt = world.now();
    entry.dueAt = entry.changedAt + world.processingMs;
  }

  function existing(key: string, dataSource: string): Entry & { input: JsonObject } {
    const entry = settle(entries.get(key));
    if (!entry?.input || entry.dataSource !== dataSource) throw inputMissing(key);
    return entry as Entry & { input: JsonObject };
  }

  /** Writes a supplement; the product, if there is one, is processed anew and lives no longer for it. */
  function supplementTo(key: string, dataSource: string, input: JsonObject | null): JsonObject {
    if (input === null && beside.get(key, dataSource) === null) throw inputMissing(key);
    beside.put(key, dataSource, input);
    const entry = settle(entries.get(key));
    if (entry !== null) entry.dueAt = world.now() + world.processingMs;
    return input === null ? {} : answerOf({ key, input }, world.account);
  }

  function find(sku: string): Entry | undefined {
    return settled().find((entry) => entry.offerId === sku);
  }

  /** A product somebody else brings to the account, through a source of their own. */
  function strange(sku: string): Entry {
    const dataSource = `accounts/${world.account}/dataSources/1`;
    const input = { offerId: sku, contentLanguage: world.language, feedLabel: world.country };
    const key = `${world.language}~${world.country}~${sku}`;
    const entry = { key, offerId: sku, input, dataSource, changedAt: 0, dueAt: null, product: null };
    put(entry);
    return entry;
  }

  return {
    insert(input, dataSource) {
      checkInput(input, false);
      const offerId = normalisedOfferId(input);
      const key = `${String(input.contentLanguage)}~${String(input.feedLabel)}~${offerId}`;
      if (beside.takes(dataSource)) {
        checkSupplement(input);
        return supplementTo(key, dataSource, { ...input, offerId });
      }
      const entry: Entry = settle(entries.get(key)) ?? {
        key,
        offerId,
        input: null,
        dataSource,
        changedAt: 0,
        dueAt: null,
        product: null,
      };
      checkVersion(entry.input, input);
      put(entry);
      // Another primary source takes the product over.
      entry.dataSource = dataSource;
      accept(entry, { ...input, offerId });
      return answerOf(entry, world.account);
    },
    patch(key, input, { dataSource, mask }) {
      checkInput(input, true);
      if (beside.takes(dataSource)) {
        const stored = beside.get(key, dataSource);
        if (stored === null) throw inputMissing(key);
        return supplementTo(key, dataSource, patched(stored, input, mask));
      }
      const entry = existing(key, dataSource);
      accept(entry, patched(entry.input, input, mask));
      return answerOf(entry, world.account);
    },
    remove(key, dataSource) {
      if (beside.takes(dataSource)) return supplementTo(key, dataSource, null);
      accept(existing(key, dataSource), null);
      return {};
    },
    get(key) {
      const product = settle(entries.get(key))?.product;
      if (product) return product;
      throw new GoogleRefusal(404, `[name] The product ${key} was not found.`, {
        FIELD_LOCATION: 'name',
        REASON: 'PRODUCT_NOT_FOUND',
      });
    },
    list(keys) {
      const found = keys === undefined ? settled() : keys.map((key) => settle(entries.get(key)));
      return found.flatMap((entry) => (entry?.product ? [entry.product] : []));
    },
    held() {
      const shown = settled().filter((entry) => entry.product !== null && isShown(entry.product));
      return new Map(shown.map((entry) => [entry.offerId, readListing(entry.product ?? {})]));
    },
    tamper(sku, attributes) {
      const entry = find(sku) ?? strange(sku);
      if (attributes === null) {
        drop(entry.key);
        return;
      }
      const whole = { ...readListing(entry.input ?? {}), ...attributes };
      accept(entry, { ...entry.input, ...writeListing(whole) });
      process(entry);
    },
    refuse: (sku, code) => void refused.set(sku, code),
    snapshot(dataSource, inputs) {
      const named = new Set<string>();
      let created = 0;
      for (const input of inputs) {
        const offerId = normalisedOfferId(input);
        const key = `${String(input.contentLanguage)}~${String(input.feedLabel)}~${offerId}`;
        const known = settle(entries.get(key));
        const entry: Entry = known ?? {
          ...{ key, offerId, input: null, dataSource, changedAt: 0, dueAt: null, product: null },
        };
        if (known === null) created += 1;
        put(entry);
        entry.dataSource = dataSource;
        accept(entry, { ...input, offerId });
        named.add(key);
      }
      for (const entry of settled())
        if (entry.dataSource === dataSource && !named.has(entry.key)) accept(entry, null);
      return created;
    },
    dropSource(dataSource) {
      beside.dropSource(dataSource);
      for (const entry of settled()) if (entry.dataSource === dataSource) drop(entry.key);
    },
  };
}

/** A lower number than the stored one is refused; an equal one is accepted (products v1, verified 2026-11-23). */
function checkVersion(stored: JsonObject | null, input: JsonObject): void {
  if (stored?.versionNumber === undefined || input.versionNumber === undefined) return;
  if (BigInt(String(input.versionNumber)) < BigInt(String(stored.versionNumber))) {
    throw new GoogleRefusal(
      409,
      '[versionNumber] The version number is lower than that of the existing product.',
      {
        FIELD_LOCATION: 'versionNumber',
        REASON: 'VERSION_NUMBER_TOO_LOW',
      },
    );
  }
}

/** Fields of the mask are replaced, or taken off where the body has none; without a mask, every field of the body. */
function patched(stored: JsonObject, input: JsonObject, mask: string | null): JsonObject {
  const given = (input.productAttributes ?? {}) as Readonly<Record<string, JsonValue>>;
  const attributes: Record<string, JsonValue | undefined> = { ...(stored.productAttributes as JsonObject) };
  for (const field of mask === null ? Object.keys(given) : mask.split(',').map(maskedField)) {
    if (given[field] === undefined) delete attributes[field];
    else attributes[field] = given[field];
  }
  return { ...stored, productAttributes: attributes };
}

function maskedField(path: string): string {
  const [, , field] = MASK.exec(path) ?? [];
  if (field === undefined) throw invalid('update_mask', `The path ${path} is not supported.`);
  return field.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Underscores in the names of custom attributes become blanks on insertion (products v1, verified 2026-11-23). */
function withPlainNames(input: JsonObject): JsonObject {
  if (input.customAttributes === undefined) return input;
  const spaced = (name: JsonValue | undefined): string => String(name).replaceAll('_', ' ');
  const customAttributes = (input.customAttributes as readonly JsonObject[]).map((entry) => ({
    ...entry,
    name: spaced(entry.name),
    ...(entry.groupValues === undefined
      ? {}
      : {
          groupValues: (entry.groupValues as readonly JsonObject[]).map((member) => ({
            ...member,
            name: spaced(member.name),
          })),
        }),
  }));
  return { ...input, customAttributes };
}

function inputMissing(key: string): GoogleRefusal {
  return new GoogleRefusal(404, `[name] The product input ${key} was not found in the data source.`, {
    FIELD_LOCATION: 'name',
    REASON: 'PRODUCT_INPUT_NOT_FOUND',
  });
}

function answerOf(entry: Pick<Entry, 'key' | 'input'>, account: string): JsonObject {
  return {
    name: `accounts/${account}/productInputs/${entry.key}`,
    product: `accounts/${account}/products/${entry.key}`,
    base64EncodedName: `accounts/${account}/productInputs/${Buffer.from(entry.key).toString('base64url')}`,
    ...entry.input,
  };
}
