import type { Instant } from '../domain/instant.js';
import { sameJson } from '../domain/json.js';
import { type Frame, TooExpensive } from './frame.js';
import type { Value } from './functions/definition.js';
import { type MappingDifference, mappingDifference } from './mapping-difference.js';
import type { Program, Step } from './program.js';
import type { RuleObserver } from './rules.js';
import { asListing, fillRules, type LoadedMapping, refusedBy } from './run.js';
import type { ListingOverride, MappingOutcome, MappingRow, Note } from './types.js';

/** What two mappings make of one row. */
export interface Compared {
  readonly before: MappingOutcome;
  readonly after: MappingOutcome;
}

/** How a row is run. `observer` watches the rules of the later mapping. */
export interface ComparedHow {
  readonly override: ListingOverride | undefined;
  readonly observer: RuleObserver;
}

/** A hundredth of what a listing may cost: dearer rows are run whole, so that one that is too expensive is found out. */
const CHEAP_STEPS = 1_000;

type Values = Readonly<Record<string, Value>>;

/**
 * Runs two mappings of one channel side by side and works out once what they share: an edit touches one or two attributes of forty.
 * The results are those of running both whole, but that notes of the shared part name the later one's lines.
 */
export class ComparedMappings {
  private readonly before: LoadedMapping;
  private readonly after: LoadedMapping;
  /** Null: anything may differ, or what is listed: both are run whole. */
  private readonly difference: MappingDifference | null;
  private readonly own: { readonly before: readonly Step[]; readonly after: readonly Step[] };
  private readonly shared: readonly Step[];
  /** Rows with equal values of what changed come to the same, and there is no rule to be counted. */
  private readonly canSkip: boolean;

  constructor(before: LoadedMapping, after: LoadedMapping) {
    const difference = mappingDifference(before, after);
    const isOwn = ({ name }: Step): boolean => difference?.changed.has(name) ?? true;
    this.before = before;
    this.after = after;
    this.difference = difference?.sameSelection === true ? difference : null;
    this.own = {
      before: before.program.attributes.filter(isOwn),
      after: after.program.attributes.filter(isOwn),
    };
    this.shared = after.program.attributes.filter((step) => !isOwn(step));
    this.canSkip = difference?.sameRules === true && after.program.rules.length === 0;
  }

  /** What both make of a row; null: the same, without working out what. */
  run(row: MappingRow, today: Instant, how: ComparedHow): Compared | null {
    if (this.difference === null) return this.whole(row, today, how);
    try {
      return this.apart(row, today, how);
    } catch (error) {
      if (error instanceof TooExpensive) return this.whole(row, today, how);
      throw error;
    }
  }

  private whole(row: MappingRow, today: Instant, how: ComparedHow): Compared {
    return {
      before: this.before.run(row, today, how.override),
      after: this.after.observed(row, today, how),
    };
  }

  /** The same conditions are asked once, then what differs, and only where that makes a difference all the rest. */
  private apart(row: MappingRow, today: Instant, { override, observer }: ComparedHow): Compared | null {
    const was = this.before.program.frame;
    const is = this.after.program.frame;
    was.begin(row, today);
    is.begin(row, today);
    if (refusedBy(this.after.program) !== null) return null;
    const noted = is.notes.length;
    const before = worked(this.own.before, was);
    const after = worked(this.own.after, is);
    if (
      this.canSkip &&
      was.spent < CHEAP_STEPS &&
      is.spent < CHEAP_STEPS &&
      sameJson(asListing(before), asListing(after))
    )
      if (sameNotes(was.notes, is.notes.slice(noted))) return null;
    const spent = is.spent;
    const own = is.notes.length;
    const shared = worked(this.shared, is);
    was.charge(is.spent - spent);
    const common = [...is.notes.slice(0, noted), ...is.notes.slice(own)];
    return {
      before: finished(
        this.before.program,
        { ...shared, ...before },
        { override, observer: null, noted: common },
      ),
      after: finished(this.after.program, { ...shared, ...after }, { override, observer, noted: [] }),
    };
  }
}

function worked(steps: readonly Step[], frame: Frame): Values {
  const values: Record<string, Value> = {};
  for (const step of steps) {
    frame.attribute = step.name;
    const value = step.run(frame);
    if (value !== null) values[step.name] = value;
  }
  frame.attribute = null;
  return values;
}

function sameNotes(one: readonly Note[], other: readonly Note[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ attribute, message }, at) => other[at]?.attribute === attribute && other[at].message === message,
    )
  );
}

/** Rules and what a person fixed, on attributes that are worked out. `noted`: notes of these the frame does not have. */
function finished(
  program: Program,
  values: Values,
  {
    override,
    observer,
    noted,
  }: {
    readonly override: ListingOverride | undefined;
    readonly observer: RuleObserver | null;
    readonly noted: readonly Note[];
  },
): MappingOutcome {
  const { frame } = program;
  frame.listing = { ...values };
  const reason = fillRules(program, override, observer);
  const notes = noted.length === 0 ? frame.notes : [...frame.notes, ...noted];
  if (reason !== null) return { kind: 'excluded', reason, notes };
  return { kind: 'listing', attributes: asListing(frame.listing), notes };
}
