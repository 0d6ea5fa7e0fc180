import type { Code } from '../mapping/code.js';
import type { DiagnosticSink } from '../mapping/diagnostics.js';
import type { Frame } from '../mapping/frame.js';
import type { Value } from '../mapping/functions/definition.js';
import type { Diagnostic } from '../mapping/types.js';

/** How the file of a source is laid out, as its mapping says. Absent members are detected or taken from the settings. */
export interface SourceFileLayout {
  readonly format?: 'csv' | 'tsv' | 'jsonl' | 'json' | 'xml' | 'xlsx';
  readonly delimiter?: readonly string[];
  readonly quote?: string;
  readonly escape?: string;
  readonly padded?: boolean;
  readonly encoding?: string;
  /** Texts that end a row, where it is not the line break. */
  readonly recordEnd?: readonly string[];
  /** Names of the columns of a file without a header line. */
  readonly columns?: readonly string[];
  /** Cell texts that mean "nothing", `NULL`. */
  readonly nothing: readonly string[];
  /** Separates the entries of a cell that is read as a list. */
  readonly listSeparator?: string;
  /** JSON: path of the array; XML: name of the element that is an item. */
  readonly items?: string;
  /** XLSX: name of the sheet. */
  readonly sheet?: string;
}

/** A value of a source mapping, compiled. Never throws for missing or bad data; that is noted in the frame. */
export type SourceValue = (frame: Frame) => Value;

/** A named value: a field of the product or variant. */
export interface SourceField {
  readonly name: string;
  readonly value: SourceValue;
}

/** A condition under which a row is left out, with the name that is shown as the reason. */
export interface SkipRule {
  readonly reason: string;
  readonly condition: SourceValue;
}

/** How rows belong together. */
export type Grouping =
  | { readonly kind: 'single' }
  | { readonly kind: 'key'; readonly key: SourceValue }
  | { readonly kind: 'starts'; readonly starts: SourceValue };

/** A source mapping, checked and compiled. */
export interface SourceMapping {
  readonly name: string;
  readonly file: SourceFileLayout;
  readonly currency?: string;
  readonly decimalMark?: '.' | ',';
  readonly skip: readonly SkipRule[];
  readonly grouping: Grouping;
  /** One row becomes a variant per entry of this list. */
  readonly split: SourceValue | null;
  readonly product: readonly SourceField[];
  readonly variant: readonly SourceField[];
  readonly stock: SourceValue | null;
  /** What the expressions run in; filled anew for every row. */
  readonly frame: Frame;
}

/** A mapping, or what is wrong with it. Warnings may come with a mapping. */
export interface LoadedSourceMapping {
  readonly mapping: SourceMapping | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What loading a source mapping passes around. */
export interface Loading {
  readonly sink: DiagnosticSink;
  readonly frame: Frame;
  readonly vars: Map<string, Code>;
}
