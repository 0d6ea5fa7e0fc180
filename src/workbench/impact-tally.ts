import type { Issue } from '../domain/issue.js';
import { type JsonObject, sameJson } from '../domain/json.js';
import { kindOfChange } from './change-kind.js';
import type {
  ImpactCounts,
  ImpactKind,
  ImpactSample,
  ImpactTotals,
  ListingImpact,
  ReasonImpact,
  Seen,
} from './impact-counts.js';

/** What is counted beside the totals. */
export interface TallyOptions {
  /** Attributes whose change makes the channel review a listing again. */
  readonly reviewedAttributes?: ReadonlySet<string>;
  /** Is told every listing that changes, as it is counted. */
  readonly onListing?: (listing: ListingImpact) => void;
}

const SAMPLES = 5;
const KINDS_KEPT = 500;
const KINDS_TOLD = 20;
const REASONS_KEPT = 200;
const OTHER = 'other changes';
const OTHER_REASONS = 'other reasons';

interface Kind {
  count: number;
  readonly samples: ImpactSample[];
}

interface Pair {
  readonly attribute: string;
  readonly rule: string | null;
  changed: number;
  readonly kinds: Map<string, Kind>;
}

/** A listing, whole or with errors. */
type Made = Exclude<Seen, { readonly state: 'excluded' }>;

type Reasons = Map<string, { reason: string; attribute?: string; count: number; skus: string[] }>;

/** Adds up what a draft does to listings. Keeps a bounded number of kinds, reasons and samples, whatever the catalog's size. */
export class ImpactTally {
  private readonly counted: ImpactTotals = {
    changed: 0,
    appears: 0,
    vanishes: 0,
    newlyBlocked: 0,
    fixed: 0,
    unchanged: 0,
  };
  private readonly pairs = new Map<string, Pair>();
  private readonly vanishing: Reasons = new Map();
  private readonly appearing: Reasons = new Map();
  private readonly blocking: Reasons = new Map();
  private readonly fixing: Reasons = new Map();
  private readonly reviewed = { listings: 0, attributes: new Set<string>() };
  private readonly options: TallyOptions;

  constructor(options: TallyOptions = {}) {
    this.options = options;
  }

  /** A variant both mappings make the same of. */
  same(): void {
    this.counted.unchanged++;
  }

  /** Adds one variant. `ruleOf` names the draft's rule that set an attribute last. */
  add(
    sku: string,
    pair: { readonly before: Seen; readonly after: Seen },
    ruleOf: (name: string) => string | null,
  ): void {
    const { before, after } = pair;
    if (after.state === 'excluded') {
      if (before.state === 'excluded') this.same();
      else this.goes(sku, after.reason);
    } else if (before.state === 'excluded') this.comes(sku, { reason: before.reason, after });
    else this.stays(sku, { before, after }, ruleOf);
  }

  private goes(sku: string, reason: string): void {
    this.counted.vanishes++;
    reasoned(this.vanishing, { reason, sku });
    this.tell({ sku, what: 'vanishes', reasons: [reason], attributes: [] });
  }

  private stays(
    sku: string,
    { before, after }: { readonly before: Made; readonly after: Made },
    ruleOf: (name: string) => string | null,
  ): void {
    const attributes = differences(before.attributes, after.attributes, ruleOf);
    for (const { attribute, rule, ...values } of attributes) this.change(attribute, rule, { sku, ...values });
    this.review(attributes);
    if (before.state === 'listed' && after.state === 'blocked') {
      this.counted.newlyBlocked++;
      issues(this.blocking, after.issues, sku);
      this.tell({ sku, what: 'newlyBlocked', reasons: errorsOf(after.issues), attributes });
    } else if (before.state === 'blocked' && after.state === 'listed') {
      this.counted.fixed++;
      issues(this.fixing, before.issues, sku);
      this.tell({ sku, what: 'fixed', reasons: errorsOf(before.issues), attributes });
    } else if (attributes.length > 0) {
      this.counted.changed++;
      this.tell({ sku, what: 'changed', reasons: [], attributes });
    } else this.same();
  }

  private comes(sku: string, { reason, after }: { reason: string; after: Made }): void {
    reasoned(this.appearing, { reason, sku });
    if (after.state === 'listed') {
      this.counted.appears++;
      this.tell({ sku, what: 'appears', reasons: [reason], attributes: [] });
    } else {
      this.counted.newlyBlocked++;
      issues(this.blocking, after.issues, sku);
      this.tell({ sku, what: 'newlyBlocked', reasons: errorsOf(after.issues), attributes: [] });
    }
  }

  private tell(listing: ListingImpact): void {
    this.options.onListing?.(listing);
  }

  private review(attributes: ListingImpact['attributes']): void {
    const again = attributes.filter(({ attribute }) => this.options.reviewedAttributes?.has(attribute));
    if (again.length === 0) return;
    this.reviewed.listings++;
    for (const { attribute } of again) this.reviewed.attributes.add(attribute);
  }

  private change(attribute: string, rule: string | null, sample: ImpactSample): void {
    const key = `${attribute}\n${rule ?? ''}`;
    const pair = this.pairs.get(key) ?? { attribute, rule, changed: 0, kinds: new Map<string, Kind>() };
    this.pairs.set(key, pair);
    pair.changed++;
    const name = kindOfChange(sample.before, sample.after);
    const kind = pair.kinds.has(name) || pair.kinds.size < KINDS_KEPT ? name : OTHER;
    const known = pair.kinds.get(kind) ?? { count: 0, samples: [] };
    pair.kinds.set(kind, known);
    known.count++;
    if (known.samples.length < SAMPLES) known.samples.push(sample);
  }

  /** The sums alone. */
  totals(): Readonly<ImpactTotals> {
    return { ...this.counted };
  }

  /** Everything counted so far, the most frequent first. */
  counts(): ImpactCounts {
    return {
      totals: this.totals(),
      attributes: [...this.pairs.values()]
        .map(({ kinds, ...pair }) => ({ ...pair, kinds: toldKinds(kinds) }))
        .sort((a, b) => b.changed - a.changed || (a.attribute < b.attribute ? -1 : 1)),
      vanishing: told(this.vanishing),
      appearing: told(this.appearing),
      blocking: told(this.blocking),
      fixing: told(this.fixing),
      reviewed:
        this.reviewed.listings === 0
          ? null
          : { listings: this.reviewed.listings, attributes: [...this.reviewed.attributes].sort() },
    };
  }
}

/** What differs between two listings, attribute by attribute. */
function differences(
  before: JsonObject,
  after: JsonObject,
  ruleOf: (name: string) => string | null,
): ListingImpact['attributes'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((attribute) => {
    const was = before[attribute];
    const is = after[attribute];
    if (sameJson(was, is)) return [];
    return [
      {
        attribute,
        rule: ruleOf(attribute),
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      },
    ];
  });
}

function errorsOf(found: readonly Issue[]): readonly string[] {
  return found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

function toldKinds(kinds: ReadonlyMap<string, Kind>): ImpactKind[] {
  const sorted = [...kinds]
    .map(([kind, { count, samples }]) => ({ kind, count, samples: [...samples] }))
    .sort((a, b) => Number(a.kind === OTHER) - Number(b.kind === OTHER) || b.count - a.count);
  if (sorted.length <= KINDS_TOLD) return sorted;
  const others = sorted.slice(KINDS_TOLD - 1);
  return [
    ...sorted.slice(0, KINDS_TOLD - 1),
    {
      kind: OTHER,
      count: others.reduce((sum, { count }) => sum + count, 0),
      samples: others.flatMap(({ samples }) => samples).slice(0, SAMPLES),
    },
  ];
}

function issues(reasons: Reasons, found: readonly Issue[], sku: string): void {
  for (const { severity, message, attribute } of found)
    if (severity === 'error')
      reasoned(reasons, { reason: message, sku, ...(attribute === undefined ? {} : { attribute }) });
}

function reasoned(
  reasons: Reasons,
  told: { readonly reason: string; readonly sku: string; readonly attribute?: string },
): void {
  const wanted = `${told.attribute ?? ''}\n${told.reason}`;
  const full = !reasons.has(wanted) && reasons.size >= REASONS_KEPT;
  const key = full ? OTHER_REASONS : wanted;
  const { sku: _sku, ...named } = told;
  const known = reasons.get(key) ?? { ...(full ? { reason: OTHER_REASONS } : named), count: 0, skus: [] };
  reasons.set(key, known);
  known.count++;
  if (known.skus.length < SAMPLES) known.skus.push(told.sku);
}

function told(reasons: Reasons): ReasonImpact[] {
  return [...reasons.values()]
    .map((reason) => ({ ...reason, skus: [...reason.skus] }))
    .sort((a, b) => b.count - a.count);
}
