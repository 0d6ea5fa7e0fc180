import { setImmediate as nextTurn } from 'node:timers/promises';
import { catalogPageByProduct, FIRST_PRODUCT, type ProductCursor } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import { currentSequence } from '../db/sequence.js';
import { InvariantError } from '../domain/errors.js';
import type { Clock, Instant } from '../domain/instant.js';
import { blocks } from '../domain/issue.js';
import { sameJson } from '../domain/json.js';
import { revisionOf } from '../domain/revision.js';
import { ComparedMappings } from '../mapping/compare-mappings.js';
import { type NoteCount, NoteTally, noteKey } from '../mapping/notes.js';
import { type RuleCount, RuleTally } from '../mapping/rule-tally.js';
import { LoadedMapping } from '../mapping/run.js';
import type { MappingOutcome } from '../mapping/types.js';
import { startOfDay } from '../sync/calendar-day.js';
import { judgeListing, type ListingKit, type ListingRow, type Mapped, mapRow } from '../sync/desired.js';
import { listingRows } from '../sync/listing-rows.js';
import type { ImpactCounts, ImpactTotals, ListingImpact, Seen } from './impact-counts.js';
import { ImpactTally } from './impact-tally.js';

/** Bad data that is met more or less often than before. */
export interface NoteImpact {
  readonly pattern: string;
  readonly attribute: string | null;
  readonly before: number;
  readonly after: number;
  readonly sku: string;
}

/** What a draft does to every listing of a channel. */
export interface ImpactReport extends ImpactCounts {
  readonly channel: string;
  /** Variants of the catalog that have not ended, all looked at. */
  readonly of: number;
  /** The draft's rules in their order, with what each does. */
  readonly rules: readonly RuleCount[];
  readonly notes: readonly NoteImpact[];
  /** The catalog as it was looked at: the number of its latest write. */
  readonly catalogSequence: number;
  readonly at: Instant;
  /** Names these numbers of this draft against this published mapping: what is released with it is what was seen. */
  readonly checksum: string;
}

/** How far the comparison is. */
export interface ImpactProgress {
  readonly done: number;
  readonly of: number;
  readonly totals: Readonly<ImpactTotals>;
  /** Everything counted so far, worked out when it is asked for. */
  counts(): ImpactCounts & { readonly rules: readonly RuleCount[] };
}

/** The two mappings to compare, each with all that works listings out. */
export interface ImpactPair {
  readonly published: ListingKit;
  readonly draft: ListingKit;
}

/** How a comparison is run. */
export interface ImpactOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Is told every listing that changes, as it is counted. */
  readonly onListing?: (listing: ListingImpact) => void;
}

const PAGE = 500;
/** Rows between two turns in which the process answers others. */
const SLICE = 100;
const NOTES_TOLD = 50;

/**
 * Compares a draft with the published mapping over the whole catalog, page by page; writes nothing. Yields how far it is after every
 * page and returns the report; memory does not grow with the catalog. Throws what the signal says when it is aborted.
 */
export async function* impact(
  queries: Queries,
  pair: ImpactPair,
  options: ImpactOptions,
): AsyncGenerator<ImpactProgress, ImpactReport> {
  const run = new ImpactRun(pair, options);
  const { n: of } = (await queries.get<{ n: number }>(
    "SELECT COUNT(*) AS n FROM variant v JOIN product p ON p.id = v.product_id WHERE v.status <> 'ended' AND p.status <> 'ended'",
  )) ?? { n: 0 };
  const catalogSequence = await currentSequence(queries);
  const reading = pair.draft.mapping.readsSiblings ? pair.draft : pair.published;
  for (let cursor: ProductCursor | null = FIRST_PRODUCT; cursor !== null; ) {
    options.signal?.throwIfAborted();
    const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
      queries,
      cursor,
      PAGE,
    );
    const living = page.rows.filter(({ status }) => status !== 'ended');
    await run.look(await listingRows(queries, reading, living));
    cursor = page.next;
    yield run.progress(Math.max(of, run.done));
  }
  return run.report(catalogSequence);
}

/** Runs a comparison to its end. */
export async function wholeImpact(
  queries: Queries,
  pair: ImpactPair,
  options: ImpactOptions & { readonly onProgress?: (progress: ImpactProgress) => void },
): Promise<ImpactReport> {
  const steps = impact(queries, pair, options);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    options.onProgress?.(step.value);
  }
}

class ImpactRun {
  done = 0;
  private readonly pair: ImpactPair;
  private readonly compared: ComparedMappings;
  private readonly rules: RuleTally;
  private readonly tally: ImpactTally;
  private readonly notes = { before: new NoteTally(), after: new NoteTally() };
  private readonly now: Instant;
  private readonly today: Instant;

  constructor(pair: ImpactPair, { clock, onListing }: ImpactOptions) {
    const { mapping } = pair.draft;
    const published = pair.published.mapping;
    if (!(mapping instanceof LoadedMapping && published instanceof LoadedMapping))
      throw new InvariantError('only loaded mappings can be compared');
    this.pair = pair;
    this.compared = new ComparedMappings(published, mapping);
    this.tally = new ImpactTally({
      reviewedAttributes: new Set(pair.draft.connector.reviewedAttributes),
      ...(onListing === undefined ? {} : { onListing }),
    });
    this.rules = new RuleTally(mapping.program.rules);
    this.now = clock.now();
    this.today = startOfDay(this.now, pair.draft.channel.zone);
  }

  async look(rows: readonly ListingRow[]): Promise<void> {
    let turn = 0;
    for (const row of rows) {
      await this.row(row);
      this.done++;
      if (++turn % SLICE === 0) await nextTurn();
    }
  }

  private async row(row: ListingRow): Promise<void> {
    const both = this.both(row);
    if (both === null) return this.tally.same();
    const { before, after } = both;
    const { sku } = row.variant;
    if (before.notes.length > 0) this.notes.before.add(sku, before.notes);
    if (after.notes.length > 0) this.notes.after.add(sku, after.notes);
    if (isSame(before, after)) return this.tally.same();
    const { published, draft } = this.pair;
    const seen = {
      before: await this.seen(before, published, sku),
      after: await this.seen(after, draft, sku),
    };
    this.tally.add(sku, seen, (name) => this.rules.ruleOf(name));
  }

  /** What both mappings make of a row; null: the same, it was not necessary to work out what. */
  private both(row: ListingRow): { readonly before: Mapped; readonly after: Mapped } | null {
    if (row.unlistable !== null || row.override?.exclude !== undefined) return null;
    this.rules.begin();
    const made = this.compared.run(row, this.today, { override: row.override, observer: this.rules });
    this.rules.end(row.override);
    if (made === null) return null;
    const { connector } = this.pair.draft;
    const mapped = (outcome: MappingOutcome): Mapped =>
      mapRow(row, { connector, mapping: { run: () => outcome } }, this.today);
    return { before: mapped(made.before), after: mapped(made.after) };
  }

  /** Differences are told in the mapping's own form, errors are those of the channel's. */
  private async seen(mapped: Mapped, kit: ListingKit, sku: string): Promise<Seen> {
    if (mapped.state === 'excluded') return mapped;
    const { issues } = judgeListing(mapped, await kit.schemaFor(mapped), { kit, now: this.now, sku });
    const state = blocks(issues) ? 'blocked' : 'listed';
    const kind = mapped.kind === null ? {} : { [kit.connector.kindAttribute ?? 'kind']: mapped.kind };
    return { state, issues, attributes: { ...kind, ...mapped.attributes } };
  }

  progress(of: number): ImpactProgress {
    return {
      done: this.done,
      of,
      totals: this.tally.totals(),
      counts: () => ({ ...this.tally.counts(), rules: this.rules.all() }),
    };
  }

  report(catalogSequence: number): ImpactReport {
    const counts = this.tally.counts();
    const sum = Object.values(counts.totals).reduce((total: number, n: number) => total + n, 0);
    if (sum !== this.done) throw new InvariantError(`impact counted ${sum} of ${this.done} variants`);
    const { published, draft } = this.pair;
    const { unchanged: _same, ...moved } = counts.totals;
    return {
      ...counts,
      channel: draft.channel.id,
      of: this.done,
      rules: this.rules.all(),
      notes: noteImpacts(this.notes.before.all(), this.notes.after.all()),
      catalogSequence,
      at: this.now,
      checksum: revisionOf([published.mapping.revision, draft.mapping.revision, moved]),
    };
  }
}

function isSame(before: Mapped, after: Mapped): boolean {
  if (before.state === 'excluded' || after.state === 'excluded')
    return before.state === 'excluded' && after.state === 'excluded';
  return (
    before.kind === after.kind &&
    before.issues.length === after.issues.length &&
    sameJson(before.attributes, after.attributes)
  );
}

function noteImpacts(before: readonly NoteCount[], after: readonly NoteCount[]): NoteImpact[] {
  const found = new Map<string, NoteImpact>();
  for (const note of before) merge(found, keyOf(note), note, { before: note.count, after: 0 });
  for (const note of after) merge(found, keyOf(note), note, { before: 0, after: note.count });
  return [...found.values()]
    .filter((note) => note.before !== note.after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, NOTES_TOLD);
}

/** Lines move when a mapping is edited: the same trouble of the same attribute is the same note. */
function keyOf({ attribute, pattern, miss }: NoteCount): string {
  return noteKey({ attribute, pattern, file: '', line: 0, ...(miss === null ? {} : { miss }) });
}

function merge(
  found: Map<string, NoteImpact>,
  key: string,
  { pattern, attribute, first }: NoteCount,
  counts: { readonly before: number; readonly after: number },
): void {
  const known = found.get(key);
  found.set(key, {
    pattern,
    attribute,
    sku: known?.sku ?? first.sku,
    before: (known?.before ?? 0) + counts.before,
    after: (known?.after ?? 0) + counts.after,
  });
}
