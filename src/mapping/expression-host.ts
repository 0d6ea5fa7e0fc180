import type { CelType } from './cel-types.js';
import { Checker } from './checker.js';
import { compile } from './compile.js';
import type { DiagnosticSink } from './diagnostics.js';
import { newScope, type Scope } from './environment.js';
import { Frame, TooExpensive } from './frame.js';
import type { FunctionDefinition, Value } from './functions/definition.js';
import { FUNCTIONS } from './functions/table.js';
import { inputRoot, type Root } from './roots.js';
import { placeInFile } from './scalar-map.js';
import { positionAt } from './source-file.js';
import type { TextNode } from './source-tree.js';
import type { MappingSources } from './sources.js';
import { Tables } from './tables.js';
import type { Note } from './types.js';

/** What expressions outside a mapping may use. */
export interface ExpressionHostOptions {
  /** Variable → type in the checker's spelling: `{ row: 'map<string, string>' }`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Time zone for dates. */
  readonly zone: string;
  readonly language: string;
  readonly sources: MappingSources;
  readonly sink: DiagnosticSink;
}

/** Result of an expression: its value (null is nothing) and what was wrong with the data. */
export interface Evaluated {
  readonly value: Value;
  readonly notes: readonly Note[];
}

/** An expression ready to run. */
export interface HostedExpression {
  readonly type: CelType;
  /** Never throws for bad data; a result that costs too much is nothing, with a note. */
  evaluate(inputs: Readonly<Record<string, Value | undefined>>): Evaluated;
}

/** Compiles expressions of the mapping language over other variables than a mapping's: rows of a source file. */
export class ExpressionHost {
  private readonly scope: Scope;
  private readonly checker: Checker;
  private readonly tables: Tables;
  private readonly frame: Frame;
  private readonly sink: DiagnosticSink;
  private readonly roots: ReadonlyMap<string, Root>;
  private readonly functions: ReadonlyMap<string, FunctionDefinition>;

  constructor(options: ExpressionHostOptions) {
    const { variables, zone, language, sources, sink } = options;
    this.sink = sink;
    this.scope = newScope({ ...variables, nul_: 'dyn' }, null);
    this.checker = new Checker(sink, []);
    this.tables = new Tables(sources, sink);
    const channel = { id: '', connector: '', country: '', currency: '', language, zone };
    this.frame = new Frame({ channel, rates: null, tables: this.tables.used, textsOf: (product) => product });
    this.roots = new Map(Object.keys(variables).map((name) => [name, inputRoot(name)]));
    this.functions = new Map(FUNCTIONS.map((definition) => [definition.name, definition]));
  }

  /** Checks and compiles an expression; null when it does not load (the sink has the reason). */
  compile(source: TextNode, path: string): HostedExpression | null {
    const checked = this.checker.expression(source, this.scope, path);
    if (checked === null) return null;
    let failed = false;
    const { file, start } = source.at;
    const code = compile(checked.expression, {
      traced: true,
      frame: this.frame,
      site: { file: file.name, line: positionAt(file, start).line },
      roots: this.roots,
      functions: this.functions,
      given: () => null,
      cells: new Map(),
      table: (name) => this.tables.get(name),
      tableNames: () => this.tables.names(),
      fail: (fault) => {
        failed = true;
        const place = placeInFile(source.at, source.value, fault);
        this.sink.error(fault.code, place, fault.message, { hint: fault.hint ?? null, path });
      },
    });
    if (failed) return null;
    return { type: checked.expression.type, evaluate: (inputs) => this.evaluate(code.run, inputs, path) };
  }

  private evaluate(
    run: (frame: Frame) => Value,
    inputs: Evaluated['value'] & object,
    path: string,
  ): Evaluated {
    const { frame } = this;
    frame.inputs = inputs as Readonly<Record<string, Value | undefined>>;
    frame.restart();
    frame.attribute = path;
    try {
      const value = run(frame);
      return { value, notes: frame.notes };
    } catch (error) {
      if (!(error instanceof TooExpensive)) throw error;
      frame.note(frame.site, 'this takes too much work', 'this takes too much work');
      return { value: null, notes: frame.notes };
    }
  }
}
