import type { DiagnosticSink } from './diagnostics.js';
import type { LookupTable } from './functions/definition.js';
import { readLookupTable } from './lookups.js';
import { sourceFile } from './source-file.js';
import type { MappingSources } from './sources.js';

/** Lookup tables of one mapping, read when an expression names them and kept. */
export class Tables {
  /** Tables used so far, by name. */
  readonly used = new Map<string, LookupTable>();
  /** Their texts, for the mapping's revision. */
  readonly texts = new Map<string, string>();
  private readonly sources: MappingSources;
  private readonly sink: DiagnosticSink;
  private readonly missing = new Set<string>();

  constructor(sources: MappingSources, sink: DiagnosticSink) {
    this.sources = sources;
    this.sink = sink;
  }

  get(name: string): LookupTable | null {
    const known = this.used.get(name);
    if (known !== undefined) return known;
    if (this.missing.has(name)) return null;
    const csv = this.sources.readLookup(name);
    const table = csv === null ? null : this.read(name, csv);
    if (table === null) {
      this.missing.add(name);
      return null;
    }
    this.used.set(name, table);
    this.texts.set(name, csv ?? '');
    return table;
  }

  names(): readonly string[] {
    return this.sources.lookupNames?.() ?? [...this.used.keys()];
  }

  private read(name: string, csv: string): LookupTable | null {
    const { table, problems } = readLookupTable(name, csv);
    const file = sourceFile(`lookups/${name}.csv`, csv);
    for (const problem of problems) {
      const start = file.lineStarts[problem.line - 1] ?? 0;
      const end = (file.lineStarts[problem.line] ?? csv.length + 1) - 1;
      const place = { file, start, end };
      if (table === null) this.sink.error('bad_lookup', place, problem.message);
      else this.sink.warning('bad_lookup', place, problem.message);
    }
    return table;
  }
}
