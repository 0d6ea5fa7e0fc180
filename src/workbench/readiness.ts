import {
  type CatalogRow,
  catalogPageByProduct,
  FIRST_PRODUCT,
  type ProductCursor,
} from '../catalog/store.js';
import { startOfDay } from '../sync/calendar-day.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { type Desired, finishListing, mapRow } from '../sync/desired.js';
import { listingRows } from '../sync/listing-rows.js';

/** What would become of the catalog on a channel: seen = ready + blocked + excluded. */
export interface Readiness {
  /** Variants looked at so far; ended ones do not count. */
  readonly seen: number;
  readonly ready: number;
  readonly blocked: number;
  readonly excluded: number;
  /** Why listings are blocked, the commonest first, at most five. One listing may be in several. */
  readonly issues: readonly BlockingIssue[];
  /** Why listings are left out, the commonest first, at most five. */
  readonly reasons: readonly { readonly reason: string; readonly count: number; readonly sku: string }[];
}

/** An error that keeps listings back. */
export interface BlockingIssue {
  readonly code: string;
  readonly attribute: string | null;
  readonly count: number;
  readonly message: string;
  readonly advice: string | null;
  /** One of them. */
  readonly sku: string;
}

const PAGE = 500;
const SHOWN = 5;

/**
 * Works every listing of a channel out without writing or sending anything, page by page; tells the numbers so far after each page. For channels
 * that are not in use yet.
 */
export async function* readiness(desk: ChannelDesk, signal: AbortSignal): AsyncIterable<Readiness> {
  const tally = new Tally();
  for (let at: ProductCursor | null = FIRST_PRODUCT; at !== null; ) {
    signal.throwIfAborted();
    const page: { readonly rows: readonly CatalogRow[]; readonly next: ProductCursor | null } =
      await catalogPageByProduct(desk.database, at, PAGE);
    const rows = page.rows.filter((row) => row.status !== 'ended');
    for (const { sku, desired } of await workedOut(desk, rows)) tally.add(sku, desired);
    at = page.next;
    yield tally.facts();
  }
}

async function workedOut(
  { kit, clock, database }: ChannelDesk,
  rows: readonly CatalogRow[],
): Promise<readonly { readonly sku: string; readonly desired: Desired }[]> {
  const now = clock.now();
  const today = startOfDay(now, kit.channel.zone);
  const views = await listingRows(database, kit, rows);
  const worked: { sku: string; desired: Desired }[] = [];
  for (const [index, row] of rows.entries()) {
    const mapped = mapRow(views[index] ?? kit.rowOf(row), kit, today);
    const { sku } = row;
    const desired =
      mapped.state === 'excluded'
        ? mapped
        : finishListing(mapped, await kit.schemaFor(mapped), { kit, now, sku });
    worked.push({ sku, desired });
  }
  return worked;
}

class Tally {
  #seen = 0;
  readonly #words = { listed: 0, blocked: 0, excluded: 0 };
  readonly #issues = new Map<string, BlockingIssue>();
  readonly #reasons = new Map<string, { reason: string; count: number; sku: string }>();

  add(sku: string, desired: Desired): void {
    this.#seen += 1;
    this.#words[desired.state] += 1;
    if (desired.state === 'excluded') {
      const known = this.#reasons.get(desired.reason) ?? { reason: desired.reason, count: 0, sku };
      this.#reasons.set(desired.reason, { ...known, count: known.count + 1 });
      return;
    }
    if (desired.state !== 'blocked') return;
    const counted = new Set<string>();
    for (const { severity, code, attribute = null, message, advice = null } of desired.issues) {
      const key = JSON.stringify([code, attribute]);
      if (severity !== 'error' || counted.has(key)) continue;
      counted.add(key);
      const known = this.#issues.get(key) ?? { code, attribute, count: 0, message, advice, sku };
      this.#issues.set(key, { ...known, count: known.count + 1 });
    }
  }

  facts(): Readiness {
    return {
      seen: this.#seen,
      ready: this.#words.listed,
      blocked: this.#words.blocked,
      excluded: this.#words.excluded,
      issues: commonest(this.#issues),
      reasons: commonest(this.#reasons),
    };
  }
}

function commonest<Counted extends { readonly count: number }>(
  counted: ReadonlyMap<string, Counted>,
): readonly Counted[] {
  return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, SHOWN);
}
