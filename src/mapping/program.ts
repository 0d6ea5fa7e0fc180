import type { ChannelFacts } from '../domain/channel-facts.js';
import type { CheckedMapping, CheckedPart } from './checked-mapping.js';
import type { CheckedExpression } from './checked-value.js';
import { type Code, constantCode, type Run } from './code.js';
import type { CompileContext, Watch } from './compile-context.js';
import { compileCondition, compileRaw, compileWritten, type ValueCompiler } from './compile-value.js';
import type { DiagnosticSink } from './diagnostics.js';
import type { GivenGroup } from './expression-tree.js';
import { Frame, type FrameFacts } from './frame.js';
import type { FunctionDefinition } from './functions/definition.js';
import { FUNCTIONS } from './functions/table.js';
import { oncePerRow, tracedOncePerRow } from './hoist.js';
import { mappingRoots } from './roots.js';
import { type CompiledRule, compileRule, conditionOf, type ReadLedger } from './rules.js';
import { placeInFile } from './scalar-map.js';
import { positionAt } from './source-file.js';
import type { Tables } from './tables.js';

/** What compiling a mapping needs besides the mapping. */
export interface ProgramFacts {
  readonly channel: ChannelFacts;
  readonly frame: FrameFacts;
  readonly tables: Tables;
  readonly sink: DiagnosticSink;
  /** For the traced build: operands somebody wants to see the values of. */
  readonly watch?: Watch;
}

/** An attribute or condition, ready to run. */
export interface Step {
  readonly name: string;
  readonly run: Run;
  readonly part: CheckedPart | null;
  readonly reads: ReadonlySet<string>;
}

/** A condition of the selection. */
export interface Condition extends Step {
  /** What it always answers, when it reads nothing. */
  readonly constant: boolean | null;
}

/** A mapping as closures: the ordinary build, or the traced one for `explain`. */
export interface Program {
  readonly frame: Frame;
  readonly select: readonly Condition[];
  readonly attributes: readonly Step[];
  readonly rules: readonly CompiledRule[];
  /** Attribute → paths it depends on. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  /** Paths that decide whether the variant is listed at all. */
  readonly exclusion: ReadonlySet<string>;
}

const BY_NAME: ReadonlyMap<string, FunctionDefinition> = new Map(
  FUNCTIONS.map((definition) => [definition.name, definition]),
);

/** Compiles a checked mapping. Faults only the compiler sees (patterns, tables, whole division) go to the sink. */
export function buildProgram(mapping: CheckedMapping, facts: ProgramFacts, traced: boolean): Program {
  const frame = new Frame(facts.frame);
  const ledger: ReadLedger = new Map();
  const builder = new ProgramBuilder({ mapping, facts, frame, ledger, traced });
  for (const part of mapping.vars) builder.addVar(part);
  const select = mapping.select.map(({ name, condition }): Condition => {
    const code = compileCondition(condition, builder);
    return { name, part: null, reads: code.reads, ...conditionOf(code) };
  });
  const attributes = mapping.attributes.map((part): Step => {
    const code = compileWritten(part.value, builder);
    ledger.set(part.name, new Set(code.reads));
    return { name: part.name, run: code.run, part, reads: code.reads };
  });
  const exclusion = new Set(select.flatMap((step) => [...step.reads]));
  const rules = mapping.rules.map((rule) => compileRule(rule, builder, { ledger, exclusion }));
  return { frame, select, attributes, rules, reads: ledger, exclusion };
}

/** Reading a field costs no more than keeping it. */
function isPlainRead({ value }: CheckedPart): boolean {
  return value.kind === 'expression' && /^(literal|name|field|index|given)$/.test(value.expression.kind);
}

interface BuilderParts {
  readonly mapping: CheckedMapping;
  readonly facts: ProgramFacts;
  readonly frame: Frame;
  readonly ledger: ReadLedger;
  readonly traced: boolean;
}

class ProgramBuilder implements ValueCompiler {
  readonly traced: boolean;
  readonly dateTime;
  private readonly parts: BuilderParts;
  private readonly vars = new Map<string, Code>();
  private readonly params: ReadonlyMap<string, Code>;
  private readonly roots;

  constructor(parts: BuilderParts) {
    this.parts = parts;
    this.traced = parts.traced;
    this.roots = mappingRoots(parts.facts.channel);
    this.dateTime = BY_NAME.get('dateTime')?.prepare([]) ?? (() => null);
    this.params = new Map(
      parts.mapping.params.map((param) => [
        param.name,
        constantCode(param.value, new Set([`params.${param.name}`])),
      ]),
    );
  }

  addVar(part: CheckedPart): void {
    const code = compileRaw(part.value, this);
    const kept = this.traced ? tracedOncePerRow : oncePerRow;
    this.vars.set(part.name, isPlainRead(part) ? code : kept(code));
  }

  contextFor(checked: CheckedExpression): CompileContext {
    const { facts, frame } = this.parts;
    const { source, path } = checked;
    return {
      traced: this.traced,
      frame,
      text: source.value,
      site: { file: source.at.file.name, line: positionAt(source.at.file, source.at.start).line },
      roots: this.roots,
      functions: BY_NAME,
      given: (group, name) => this.given(group, name),
      cells: new Map(),
      ...(facts.watch === undefined ? {} : { watch: facts.watch }),
      table: (name) => facts.tables.get(name),
      tableNames: () => facts.tables.names(),
      fail: (fault) => {
        const place = placeInFile(source.at, source.value, fault);
        facts.sink.error(fault.code, place, fault.message, { hint: fault.hint ?? null, path });
      },
    };
  }

  private given(group: GivenGroup, name: string): Code | null {
    if (group === 'vars') return this.vars.get(name) ?? null;
    if (group === 'params') return this.params.get(name) ?? null;
    const reads = new Set(this.parts.ledger.get(name) ?? []);
    return {
      run: (frame) => (Object.hasOwn(frame.listing, name) ? (frame.listing[name] ?? null) : null),
      reads,
      reach: 2,
      cells: new Set(),
      costly: false,
      constant: false,
    };
  }
}
