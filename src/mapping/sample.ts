import { InvariantError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { allExpressions, constantConditions, hintOf } from './check.js';
import type { CheckedExpression } from './checked-value.js';
import { DiagnosticSink } from './diagnostics.js';
import type { Expression } from './expression-tree.js';
import { type Frame, TooExpensive } from './frame.js';
import type { Value } from './functions/definition.js';
import { type NoteCount, NoteTally } from './notes.js';
import type { Program } from './program.js';
import type { CompiledBody, RuleObserver } from './rules.js';
import { fillListing, LoadedMapping } from './run.js';
import { placeInFile } from './scalar-map.js';
import { type Trap, trapsOf } from './traps.js';
import type { CompiledMapping, Diagnostic, ListingOverride, MappingRow } from './types.js';

/** How often something was there to be seen, and how often it was so. */
interface Share {
  of: number;
  count: number;
}

/** A field a mapping reads and how many rows lack it, of those where it was read. */
export interface FieldShare {
  readonly path: string;
  readonly read: number;
  readonly missing: number;
}

/** What a mapping does with real rows. */
export interface SampleReport {
  readonly variants: number;
  readonly listed: number;
  /** Reason → variants it keeps out, the commonest first. */
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  readonly tooExpensive: number;
  readonly notes: readonly NoteCount[];
  /** Those that are missing most often first. */
  readonly fields: readonly FieldShare[];
  /** What is probably not meant, with its place. */
  readonly findings: readonly Diagnostic[];
}

/** Codes of warnings that come from looking at rows. */
export const SAMPLED: ReadonlySet<string> = new Set(['often_missing', 'condition_decides_nothing']);

/** Rows below this say nothing about whether a condition ever holds. */
const ENOUGH = 20;
/** A sum of texts is warned of when a part is missing this often. */
const OFTEN = 0.05;

/** Looks at a mapping at work on many rows: what it makes of them, which fields they lack, which conditions decide nothing. */
export class MappingSample {
  private readonly mapping: LoadedMapping;
  private readonly program: Program;
  private readonly tally = new NoteTally();
  private readonly reasons = new Map<string, number>();
  private readonly fields = new Map<string, Share>();
  private readonly operands = new Map<Expression, Share & { turn: number; missed: boolean }>();
  private readonly traps: readonly Trap[];
  private readonly conditions = new Map<CheckedExpression, Share>();
  private readonly observer: RuleObserver;
  private seen = 0;
  private listed = 0;
  private tooExpensive = 0;

  /** Needs a mapping from `loadMapping`. */
  constructor(mapping: CompiledMapping) {
    if (!(mapping instanceof LoadedMapping)) throw new InvariantError('only a loaded mapping can be sampled');
    this.mapping = mapping;
    this.traps = allExpressions(mapping.checked).flatMap(trapsOf);
    const operands = this.traps.flatMap((trap) => trap.operands);
    this.program = mapping.watched(
      new Map(operands.map((operand) => [operand, (frame, value) => this.operand(operand, frame, value)])),
    );
    this.observer = {
      asked: (holds: boolean, { checked }: CompiledBody) => this.condition(checked.when, holds),
      changed: () => undefined,
    };
  }

  /** Looks at one row. */
  look(row: MappingRow, today: Instant, override?: ListingOverride): void {
    this.seen++;
    const outcome = this.mapping.run(row, today, override);
    this.tally.add(row.variant.sku, outcome.notes);
    if (outcome.kind === 'listing') this.listed++;
    else if (outcome.kind === 'too-expensive') this.tooExpensive++;
    else this.reasons.set(outcome.reason, (this.reasons.get(outcome.reason) ?? 0) + 1);
    this.trace(row, today, override);
  }

  private trace(row: MappingRow, today: Instant, override: ListingOverride | undefined): void {
    const { frame } = this.program;
    frame.begin(row, today);
    frame.trace = new Map();
    try {
      if (this.selects()) fillListing(this.program, override, this.observer);
    } catch (error) {
      if (!(error instanceof TooExpensive)) throw error;
    }
    for (const [path, value] of frame.trace ?? []) {
      if (path.startsWith('listing.') || path.startsWith('params.')) continue;
      bump(this.fields, path, value === null);
    }
    frame.trace = null;
  }

  private selects(): boolean {
    const { frame, select } = this.program;
    return select.every((condition, index) => {
      const holds = condition.run(frame) === true;
      this.condition(this.mapping.checked.select[index]?.condition ?? null, holds);
      return holds;
    });
  }

  private condition(condition: CheckedExpression | null, holds: boolean): void {
    if (condition !== null) bump(this.conditions, condition, holds);
  }

  /** An operand inside a loop is met many times in a row; the row counts once. */
  private operand(operand: Expression, frame: Frame, value: Value): void {
    const known = this.operands.get(operand) ?? { of: 0, count: 0, turn: -1, missed: false };
    if (known.turn !== frame.turn) {
      known.of++;
      known.turn = frame.turn;
      known.missed = false;
    }
    if (value === null && !known.missed) {
      known.count++;
      known.missed = true;
    }
    this.operands.set(operand, known);
  }

  /** Everything that was seen. */
  report(): SampleReport {
    const excluded = [...this.reasons].map(([reason, count]) => ({ reason, count }));
    const fields = [...this.fields].map(([path, { of, count }]) => ({ path, read: of, missing: count }));
    return {
      variants: this.seen,
      listed: this.listed,
      excluded: excluded.sort((a, b) => b.count - a.count),
      tooExpensive: this.tooExpensive,
      notes: this.tally.all(),
      fields: fields.sort((a, b) => b.missing / b.read - a.missing / a.read || (a.path < b.path ? -1 : 1)),
      findings: this.findings(),
    };
  }

  private findings(): readonly Diagnostic[] {
    const sink = new DiagnosticSink();
    for (const trap of this.traps) this.judge(trap, sink);
    const known = constantConditions(this.mapping.checked, this.mapping.program);
    for (const [condition, share] of this.conditions) {
      if (!known.some((constant) => constant.condition === condition)) judgeCondition(condition, share, sink);
    }
    return sink.all();
  }

  private judge(trap: Trap, sink: DiagnosticSink): void {
    const { source, path } = trap.checked;
    for (const operand of trap.operands) {
      const share = this.operands.get(operand);
      if (share === undefined || share.count === 0) continue;
      if (trap.kind === 'sum' && share.count / share.of < OFTEN) continue;
      const then = trap.kind === 'sum' ? 'then the whole text is' : 'then this is true';
      const at = placeInFile(source.at, source.value, trap.kind === 'sum' ? operand : trap.at);
      const written = source.value.slice(operand.start, operand.end);
      const message = `${written} is missing for ${percent(share)} of ${variants(share.of)}: ${then}`;
      sink.warning('often_missing', at, message, { hint: hintOf(trap), path });
    }
  }
}

function bump<Key>(shares: Map<Key, Share>, key: Key, isSo: boolean): void {
  const share = shares.get(key) ?? { of: 0, count: 0 };
  share.of++;
  if (isSo) share.count++;
  shares.set(key, share);
}

function judgeCondition(condition: CheckedExpression, share: Share, sink: DiagnosticSink): void {
  if (share.of < ENOUGH || (share.count > 0 && share.count < share.of)) return;
  const isRule = condition.path.startsWith('rules');
  // A selection that lets everything through does its work.
  if (!isRule && share.count > 0) return;
  const place = placeInFile(condition.source.at, condition.source.value, {
    start: 0,
    end: condition.source.value.length,
  });
  const how = share.count === 0 ? 'never held' : 'always held';
  const hint = isRule ? null : 'nothing is listed';
  const message = `this ${how} for the ${variants(share.of)} it was asked for`;
  sink.warning('condition_decides_nothing', place, message, { hint, path: condition.path });
}

function percent({ of, count }: Share): string {
  const share = (100 * count) / of;
  return share < 1 ? 'less than 1 %' : `${Math.floor(share)} %`;
}

function variants(count: number): string {
  return count === 1 ? '1 variant' : `${count.toLocaleString('en-US')} variants`;
}
