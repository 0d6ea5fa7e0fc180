import type { ChannelFacts } from '../domain/channel-facts.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import { revisionOf } from '../domain/revision.js';
import type { DeclaredType } from './cel-types.js';
import { warnOfTraps } from './check.js';
import { checkMapping } from './check-mapping.js';
import { checkConformance } from './conformance.js';
import { DiagnosticSink } from './diagnostics.js';
import type { RateTable } from './functions/definition.js';
import { FUNCTIONS } from './functions/table.js';
import { type MergedMapping, mergedMapping } from './layers.js';
import { buildProgram, type ProgramFacts } from './program.js';
import { LoadedMapping } from './run.js';
import type { MappingSnapshot } from './snapshot.js';
import { plainValue } from './source-tree.js';
import type { MappingSources } from './sources.js';
import { Tables } from './tables.js';
import { textsIn } from './texts.js';
import type { CompiledMapping, Diagnostic } from './types.js';

/** Which mapping to load, and for what. */
export interface LoadRequest {
  /** The merchant's mapping: a name or path for `sources`; null: the connector's own. */
  readonly file: string | null;
  readonly connector: string;
  readonly channel: ChannelFacts;
  /** The channel's settings for the mapping's parameters. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Free attributes the catalog has, with their types. Absent: not known, each is taken as it comes. */
  readonly catalogAttributes?: ReadonlyMap<string, Exclude<DeclaredType, 'int'>>;
  /** Options variants have, with how many have each: for telling what was meant. */
  readonly catalogOptions?: ReadonlyMap<string, number>;
  /** Language of the products' own texts. Absent: taken for the channel's. */
  readonly catalogLanguage?: string;
  /** The channel's listing schema, to check names and written-out values against. */
  readonly schema?: JsonObject;
  /** Attributes the channel takes without the rest; what else reads stock is warned of. */
  readonly offerAttributes?: readonly string[];
  readonly rates?: RateTable | null;
  readonly sources: MappingSources;
}

/** What came of loading. Without errors there is a mapping; warnings do not keep it back. */
export interface LoadResult {
  readonly mapping: CompiledMapping | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Changes when the meaning of the language changes: every listing is worked out anew. */
const LANGUAGE_VERSION = 2;

/**
 * Reads a mapping with its layers, checks everything that can be known without data, and compiles it for one channel.
 * Never throws for what stands in a mapping: every fault is a diagnostic with its place, for the merchant.
 */
export function loadMapping(request: LoadRequest): LoadResult {
  const sink = new DiagnosticSink();
  const merged = mergedMapping(request, sink);
  if (merged === null) return { mapping: null, diagnostics: sink.all() };
  const attributes = request.catalogAttributes ?? null;
  const options = request.catalogOptions ?? new Map<string, number>();
  const checked = checkMapping(merged, { settings: request.params ?? {}, attributes, options }, sink);
  const facts = programFacts(request, merged, sink);
  const program = buildProgram(checked, facts, false);
  if (request.schema !== undefined)
    checkConformance(checked, request.schema, { connector: request.connector, sink });
  const offer = request.offerAttributes === undefined ? null : new Set(request.offerAttributes);
  warnOfTraps(checked, program, { sink, offer });
  if (sink.hasErrors) return { mapping: null, diagnostics: sink.all() };
  const revision = mappingRevision(merged, request, { params: checked.params, tables: facts.tables });
  const snapshot = snapshotOf(merged, request, facts.tables);
  return {
    mapping: new LoadedMapping({
      checked,
      program,
      facts,
      revision,
      snapshot,
      surroundings: surroundingsOf(merged),
    }),
    diagnostics: sink.all(),
  };
}

function surroundingsOf({ language, expects }: MergedMapping): string {
  const types = expects.map(({ name, node }) => [name, plainValue(node)]);
  return JSON.stringify([language === null ? null : plainValue(language), types]);
}

function snapshotOf(merged: MergedMapping, request: LoadRequest, tables: Tables): MappingSnapshot {
  return {
    file: request.file,
    layers: merged.layers.map(({ asked, file, text }) => ({ asked, file, text })),
    lookups: Object.fromEntries(tables.texts),
    channel: request.channel,
    params: (request.params ?? {}) as JsonObject,
    rates: request.rates ?? null,
    catalogLanguage: request.catalogLanguage ?? null,
  };
}

function programFacts(request: LoadRequest, merged: MergedMapping, sink: DiagnosticSink): ProgramFacts {
  const tables = new Tables(request.sources, sink);
  const { channel } = request;
  const language = languageOf(merged);
  const textsOf = textsIn({
    use: language.use ?? channel.language,
    otherwise: language.otherwise,
    catalog: request.catalogLanguage ?? null,
  });
  return {
    channel,
    tables,
    sink,
    frame: { channel, rates: request.rates ?? null, tables: tables.used, textsOf },
  };
}

function languageOf(merged: MergedMapping): { use: string | null; otherwise: readonly string[] } {
  const data = merged.language === null ? null : plainValue(merged.language);
  if (typeof data === 'string') return { use: data, otherwise: [] };
  const { use, else: otherwise } = (data ?? {}) as { use?: string; else?: readonly string[] };
  return { use: use ?? null, otherwise: otherwise ?? [] };
}

function mappingRevision(
  merged: MergedMapping,
  request: LoadRequest,
  used: { params: readonly { name: string; value: unknown }[]; tables: Tables },
): string {
  return revisionOf({
    version: LANGUAGE_VERSION,
    functions: FUNCTIONS.flatMap((definition) => definition.signatures),
    layers: merged.layers.map((layer) => layer.text),
    params: used.params.map((param) => [param.name, (param.value ?? null) as JsonValue]),
    tables: [...used.tables.texts].sort(([a], [b]) => (a < b ? -1 : 1)),
    rates: request.rates?.id ?? null,
    channel: { ...request.channel },
    catalogLanguage: request.catalogLanguage ?? null,
    attributes: [...(request.catalogAttributes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)),
  });
}
