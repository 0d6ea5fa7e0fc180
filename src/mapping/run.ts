import type { ChannelFacts } from '../domain/channel-facts.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import type { CheckedMapping } from './checked-mapping.js';
import type { Watch } from './compile-context.js';
import { TooExpensive } from './frame.js';
import type { Value } from './functions/definition.js';
import { buildProgram, type Program, type ProgramFacts } from './program.js';
import { groupsOf } from './reads.js';
import { applyBody, type RuleObserver } from './rules.js';
import type { MappingSnapshot } from './snapshot.js';
import type { CompiledMapping, ListingOverride, MappingOutcome, MappingRow, RowGroup } from './types.js';

/** What a loaded mapping is made of. */
export interface LoadedParts {
  readonly checked: CheckedMapping;
  readonly program: Program;
  readonly facts: ProgramFacts;
  readonly revision: string;
  readonly snapshot: MappingSnapshot;
  /** What its expressions mean besides their texts, as one text: language of texts, declared types. */
  readonly surroundings: string;
}

/** A mapping that loaded: runs rows, and can build the traced form of itself for `explain`. */
export class LoadedMapping implements CompiledMapping {
  readonly channel: ChannelFacts;
  readonly revision: string;
  readonly snapshot: MappingSnapshot;
  readonly readsToday: boolean;
  readonly readsSiblings: boolean;
  readonly reads: ReadonlySet<RowGroup>;
  readonly readsOf: ReadonlyMap<string, ReadonlySet<RowGroup>>;
  readonly program: Program;
  readonly checked: CheckedMapping;
  readonly surroundings: string;
  private readonly facts: ProgramFacts;
  private tracedProgram: Program | null = null;

  constructor(parts: LoadedParts) {
    const { checked, program, facts, revision, snapshot } = parts;
    this.surroundings = parts.surroundings;
    this.checked = checked;
    this.program = program;
    this.facts = facts;
    this.channel = facts.channel;
    this.revision = revision;
    this.snapshot = snapshot;
    const all = new Set([
      ...program.exclusion,
      ...[...program.reads.values()].flatMap((paths) => [...paths]),
    ]);
    this.reads = groupsOf(all);
    this.readsToday = all.has('today');
    this.readsSiblings = all.has('product.available');
    this.readsOf = new Map([...program.reads].map(([name, paths]) => [name, groupsOf(paths)]));
  }

  /** The same mapping compiled to record what it reads. Built when first asked for. */
  traced(): Program {
    this.tracedProgram ??= buildProgram(this.checked, this.facts, true);
    return this.tracedProgram;
  }

  run(row: MappingRow, today: Instant, override?: ListingOverride): MappingOutcome {
    return this.observed(row, today, { override, observer: null });
  }

  /** The same, telling somebody what the rules do. */
  observed(
    row: MappingRow,
    today: Instant,
    how: { readonly override: ListingOverride | undefined; readonly observer: RuleObserver | null },
  ): MappingOutcome {
    const { frame } = this.program;
    frame.begin(row, today);
    try {
      const reason = this.fill(how.override, how.observer);
      if (reason !== null) return { kind: 'excluded', reason, notes: frame.notes };
      return { kind: 'listing', attributes: asListing(frame.listing), notes: frame.notes };
    } catch (error) {
      if (error instanceof TooExpensive) return { kind: 'too-expensive', notes: frame.notes };
      throw error;
    }
  }

  /** A build that tells values of operands, for looking at many rows. */
  watched(watch: Watch): Program {
    return buildProgram(this.checked, { ...this.facts, watch }, true);
  }

  /** Works the listing out in the frame; the reason when the variant is not to be listed. */
  private fill(override: ListingOverride | undefined, observer: RuleObserver | null): string | null {
    return refusedBy(this.program) ?? fillListing(this.program, override, observer);
  }
}

/** The condition of the selection that keeps the frame's row from being listed; null: it is. */
export function refusedBy({ frame, select }: Program): string | null {
  for (const condition of select) if (condition.run(frame) !== true) return condition.name;
  return null;
}

/** What follows on the selection: attributes, rules, override. The reason when a rule or a person excludes the variant. */
export function fillListing(
  program: Program,
  override: ListingOverride | undefined,
  observer: RuleObserver | null,
): string | null {
  const { frame, attributes } = program;
  const listing: Record<string, Value> = {};
  frame.listing = listing;
  for (const step of attributes) {
    frame.attribute = step.name;
    const value = step.run(frame);
    if (value !== null) listing[step.name] = value;
  }
  frame.attribute = null;
  return fillRules(program, override, observer);
}

/** What follows on the attributes: rules, override. The reason when a rule or a person excludes the variant. */
export function fillRules(
  { frame, rules }: Program,
  override: ListingOverride | undefined,
  observer: RuleObserver | null,
): string | null {
  for (const rule of rules) {
    observer?.began?.(rule);
    const applied = applyBody(rule.body, frame, observer);
    if (typeof applied === 'string') {
      observer?.excluded?.(rule);
      return applied;
    }
  }
  return override === undefined ? null : applyOverride(frame.listing, override);
}

/** What a person fixed by hand comes last: attributes replace, null takes out. The reason when it excludes. */
export function applyOverride(listing: Record<string, Value>, override: ListingOverride): string | null {
  if (override.exclude !== undefined) return override.exclude;
  for (const [name, value] of Object.entries(override.attributes ?? {})) {
    if (name === '__proto__') continue;
    if (value === null || value === undefined) delete listing[name];
    else listing[name] = value as Value;
  }
  return null;
}

/** Written values are JSON: amounts, measures and instants have become text. */
export function asListing(listing: Readonly<Record<string, Value>>): JsonObject {
  return listing as Readonly<Record<string, JsonValue>>;
}
