import { InvariantError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { CheckedPart } from './checked-mapping.js';
import type { CheckedValue } from './checked-value.js';
import { type Frame, TooExpensive } from './frame.js';
import type { Value } from './functions/definition.js';
import type { Program, Step } from './program.js';
import { groupsOf, laneOf } from './reads.js';
import { applyBody, type CompiledRule } from './rules.js';
import { applyOverride, LoadedMapping } from './run.js';
import { positionAt } from './source-file.js';
import type { CompiledMapping, ListingOverride, MappingRow } from './types.js';

/** What was read on the way: path → value, null where it is missing. Only branches that ran are listed. */
export type Sources = Readonly<Record<string, Value>>;

/** One step on the way to an attribute's value. */
export interface ExplainStep {
  readonly by: 'default' | 'mapping' | 'rule' | 'override';
  /** The rule's name. */
  readonly name?: string;
  /** `file:line:column`. */
  readonly at?: string;
  readonly expression?: string;
  /** What the rule's condition read. */
  readonly when?: Sources;
  readonly value: Value;
  readonly sources?: Sources;
}

/** An attribute's value with the ordered reasons for it. Absent attributes an expression exists for are listed too. */
export interface ExplainedAttribute {
  readonly name: string;
  readonly value: Value;
  readonly lane: 'content' | 'offer';
  readonly steps: readonly ExplainStep[];
  readonly notes: readonly string[];
}

/** Why a listing looks as it does, or why there is none. */
export interface Explanation {
  readonly sku: string;
  readonly channel: string;
  readonly outcome: 'listing' | 'excluded' | 'too-expensive';
  readonly mappingRevision: string;
  readonly attributes: readonly ExplainedAttribute[];
  readonly excluded: { readonly reason: string; readonly sources: Sources } | null;
  /** Conditions of the selection that held. */
  readonly selectedBy: readonly string[];
  /** Bad data met in conditions of the selection and of rules; those of an attribute stand with it. */
  readonly notes: readonly string[];
}

/**
 * Works one listing out with the traced build of the same code and tells every step. Needs a mapping from `loadMapping`.
 */
export function explainListing(
  mapping: CompiledMapping,
  row: MappingRow,
  today: Instant,
  override?: ListingOverride,
): Explanation {
  if (!(mapping instanceof LoadedMapping)) throw new InvariantError('only a loaded mapping can be explained');
  const program = mapping.traced();
  const explainer = new Explainer(mapping, program, row.variant.sku);
  program.frame.begin(row, today);
  program.frame.listing = {};
  try {
    return explainer.explain(override);
  } catch (error) {
    if (error instanceof TooExpensive) return explainer.result('too-expensive', null);
    throw error;
  } finally {
    program.frame.trace = null;
  }
}

class Explainer {
  private readonly steps = new Map<string, ExplainStep[]>();
  private readonly selectedBy: string[] = [];
  private readonly frame: Frame;
  private readonly mapping: LoadedMapping;
  private readonly program: Program;
  private readonly sku: string;

  constructor(mapping: LoadedMapping, program: Program, sku: string) {
    this.mapping = mapping;
    this.program = program;
    this.frame = program.frame;
    this.sku = sku;
  }

  explain(override: ListingOverride | undefined): Explanation {
    for (const condition of this.program.select) {
      const { value, sources } = this.traced(condition);
      if (value !== true) return this.result('excluded', { reason: condition.name, sources });
      this.selectedBy.push(condition.name);
    }
    for (const step of this.program.attributes) this.attribute(step);
    this.frame.attribute = null;
    for (const rule of this.program.rules) {
      const excluded = this.rule(rule);
      if (excluded !== null) return this.result('excluded', excluded);
    }
    if (override === undefined) return this.result('listing', null);
    const reason = applyOverride(this.frame.listing, override);
    if (reason !== null) return this.result('excluded', { reason, sources: {} });
    for (const [name, value] of Object.entries(override.attributes ?? {})) {
      this.add(name, { by: 'override', value: (value ?? null) as Value });
    }
    return this.result('listing', null);
  }

  result(outcome: Explanation['outcome'], excluded: Explanation['excluded']): Explanation {
    const attributes =
      outcome === 'listing' ? [...this.steps].map(([name, steps]) => this.explained(name, steps)) : [];
    return {
      sku: this.sku,
      channel: this.mapping.channel.id,
      outcome,
      mappingRevision: this.mapping.revision,
      attributes,
      excluded,
      selectedBy: this.selectedBy,
      notes: this.notesOf(null),
    };
  }

  private explained(name: string, steps: readonly ExplainStep[]): ExplainedAttribute {
    const { listing } = this.frame;
    return {
      name,
      value: Object.hasOwn(listing, name) ? (listing[name] ?? null) : null,
      lane: laneOf(groupsOf(this.mapping.program.reads.get(name) ?? [])),
      steps,
      notes: this.notesOf(name),
    };
  }

  private notesOf(attribute: string | null): readonly string[] {
    return this.frame.notes.filter((note) => note.attribute === attribute).map((note) => note.message);
  }

  private traced(step: Step): { value: Value; sources: Sources } {
    this.frame.trace = new Map();
    const value = step.run(this.frame);
    return { value, sources: this.takeSources() };
  }

  private takeSources(): Sources {
    const sources = Object.fromEntries(this.frame.trace ?? []);
    this.frame.trace = new Map();
    return sources;
  }

  private attribute(step: Step): void {
    this.frame.attribute = step.name;
    const { value, sources } = this.traced(step);
    if (value !== null) this.frame.listing[step.name] = value;
    if (step.part !== null) this.add(step.name, { by: step.part.by, ...origin(step.part), value, sources });
  }

  /** Applies a rule; what excludes the listing, or null. */
  private rule(compiled: CompiledRule): Explanation['excluded'] {
    this.frame.trace = new Map();
    let when: Sources = {};
    const applied = applyBody(compiled.body, this.frame, {
      asked: () => {
        when = { ...when, ...this.takeSources() };
      },
      changed: (part, name, value) => {
        const from = part === null ? {} : origin(part);
        this.add(name, {
          by: 'rule',
          name: compiled.rule.name,
          ...from,
          when,
          value,
          sources: this.takeSources(),
        });
      },
    });
    return typeof applied === 'string' ? { reason: applied, sources: when } : null;
  }

  private add(name: string, step: ExplainStep): void {
    const known = this.steps.get(name);
    if (known === undefined) this.steps.set(name, [step]);
    else known.push(step);
  }
}

function origin(part: CheckedPart): { at: string; expression: string } {
  const { file, start, end } = placeOf(part.value);
  const { line, column } = positionAt(file, start);
  const text = part.value.kind === 'expression' ? part.value.source.value : file.text.slice(start, end);
  return { at: `${file.name}:${line}:${column}`, expression: text.trim() };
}

function placeOf(value: CheckedValue): CheckedValue['at'] {
  return value.at;
}
