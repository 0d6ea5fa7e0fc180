import { entriesOf } from '../../../src/channel/attribute-table.js';
import type { FeedListing } from '../../../src/channel/feed-port.js';
import { draftFile, type FileDraft } from '../../../src/channel/file-draft.js';
import { gatherText, type TextGatherer } from '../../../src/channel/gather-text.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { ITEM_ATTRIBUTES, OVERRIDE_ATTRIBUTES, OVERRIDE_TYPES, OVERRIDES } from '../attributes.js';
import type { FeedColumns, FeedEncoder } from './feed-columns.js';
import { feedEncoder } from './feed-encoder.js';
import { type Override, variantPath } from './feed-place.js';
import type { FeedSettings } from './feed-settings.js';

/** A file that is complete. */
export interface WrittenDocument {
  /** Null: the items themselves. */
  readonly override: Override | null;
  readonly path: string;
  readonly items: number;
  readonly bytes: number;
}

/** The files of one round, being written: the items, and one file per language or country that occurs. */
export interface FeedDocuments {
  write(listings: readonly FeedListing[]): Promise<void>;
  /** Switches all files; the items' file comes first. */
  commit(): Promise<readonly WrittenDocument[]>;
  /** Throws everything away; the files that are there stay. */
  abort(): Promise<void>;
}

/** Files of overrides written at once. Meta's languages and countries together are far fewer. */
const MOST_OVERRIDES = 100;

interface OpenDocument {
  readonly override: Override | null;
  readonly path: string;
  readonly draft: FileDraft;
  readonly encoder: FeedEncoder;
  readonly text: TextGatherer;
  items: number;
}

/** Begins the files beside the ones that are live. */
export async function beginDocuments(settings: FeedSettings, key: string): Promise<FeedDocuments> {
  const main = await openDocument(settings, { key, override: null });
  const overrides = new Map<string, OpenDocument>();

  async function overrideDocument(override: Override): Promise<OpenDocument | null> {
    const name = `${override.type} ${override.value}`;
    const known = overrides.get(name);
    if (known) return known;
    if (overrides.size >= MOST_OVERRIDES) return null;
    const made = await openDocument(settings, { key, override });
    overrides.set(name, made);
    return made;
  }

  return {
    async write(listings) {
      for (const { sku, attributes } of listings) {
        await put(main, [sku], attributes);
        for (const entry of entriesOf(attributes[OVERRIDES])) {
          const override = overrideOf(entry);
          const document = override === null ? null : await overrideDocument(override);
          if (override !== null && document !== null) await put(document, [sku, override.value], entry);
        }
      }
    },
    async commit() {
      const written: WrittenDocument[] = [];
      for (const document of [main, ...overrides.values()]) written.push(await close(document));
      return written;
    },
    async abort() {
      for (const document of [main, ...overrides.values()]) await document.draft.abort();
    },
  };
}

function columnsOf(settings: FeedSettings, override: Override | null): FeedColumns {
  if (override === null) {
    const chosen = settings.columns;
    const attributes = ITEM_ATTRIBUTES.filter((row) => chosen === undefined || chosen.includes(row.name));
    return { own: ['id'], attributes };
  }
  const attributes = OVERRIDE_ATTRIBUTES.filter(
    (row) => row.override === 'any' || override.type === 'COUNTRY',
  );
  return { own: ['id', 'override'], attributes };
}

async function openDocument(
  settings: FeedSettings,
  { key, override }: { readonly key: string; readonly override: Override | null },
): Promise<OpenDocument> {
  const file = override === null ? settings.path : variantPath(settings.path, override);
  const encoder = feedEncoder(settings.format ?? 'csv', columnsOf(settings, override));
  const draft = await draftFile(file, key, settings.gzip ?? true);
  const text = gatherText((bytes) => draft.write(bytes));
  await text.add(encoder.head);
  return { override, path: file, draft, encoder, text, items: 0 };
}

async function put(document: OpenDocument, own: readonly string[], attributes: JsonObject): Promise<void> {
  const full = document.text.add(document.encoder.item(own, attributes));
  document.items += 1;
  if (full) await full;
}

async function close(document: OpenDocument): Promise<WrittenDocument> {
  await document.text.add(document.encoder.tail);
  await document.text.flush();
  const bytes = await document.draft.commit();
  return { override: document.override, path: document.path, items: document.items, bytes };
}

function overrideOf({ type, value }: JsonObject): Override | null {
  const kind = OVERRIDE_TYPES.find((known) => known === type);
  return kind !== undefined && typeof value === 'string' ? { type: kind, value } : null;
}
