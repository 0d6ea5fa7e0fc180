import { sameJson } from '../domain/json.js';
import { fingerprint } from '../domain/revision.js';
import type { CheckedBody, CheckedMapping, CheckedRule } from './checked-mapping.js';
import { bodiesOf } from './checked-mapping.js';
import type { LoadedMapping } from './run.js';
import type { Place } from './source-file.js';

/** In what two mappings of one channel may come to different results. */
export interface MappingDifference {
  /** The same conditions decide what is listed. */
  readonly sameSelection: boolean;
  /** The same rules follow, and none of them reads or writes an attribute that may differ. */
  readonly sameRules: boolean;
  /** Attributes that one of them lacks, or whose expression, vars or parameters are written otherwise. */
  readonly changed: ReadonlySet<string>;
}

/**
 * What has to be worked out to compare two mappings: everything else is the same text on the same data. Errs on the side of "may differ".
 * Null: anything may. Pure.
 */
export function mappingDifference(before: LoadedMapping, after: LoadedMapping): MappingDifference | null {
  if (!sameSurroundings(before, after)) return null;
  const was = new Marks(before.checked);
  const is = new Marks(after.checked);
  const changed = new Set(
    [...was.attributes.keys(), ...is.attributes.keys()].filter(
      (name) => was.attributes.get(name) !== is.attributes.get(name),
    ),
  );
  if (is.readsListing || was.readsListing) return changed.size > 0 ? null : same(was, is, changed);
  return same(was, is, changed);
}

function same(was: Marks, is: Marks, changed: ReadonlySet<string>): MappingDifference {
  const touched = [...changed].some((name) => is.inRules.has(name) || was.inRules.has(name));
  return {
    sameSelection: was.selection === is.selection,
    sameRules: was.rules === is.rules && !touched,
    changed,
  };
}

/** Tables both use, rates, language and declared types: what an expression means depends on them too. */
function sameSurroundings(before: LoadedMapping, after: LoadedMapping): boolean {
  const was = before.snapshot;
  const is = after.snapshot;
  return (
    before.surroundings === after.surroundings &&
    sameJson({ ...was.channel }, { ...is.channel }) &&
    was.catalogLanguage === is.catalogLanguage &&
    (was.rates?.id ?? null) === (is.rates?.id ?? null) &&
    Object.entries(was.lookups).every(
      ([name, csv]) => !Object.hasOwn(is.lookups, name) || is.lookups[name] === csv,
    )
  );
}

const WORD = /[A-Za-z_]\w*/g;

/** A mark per part of a mapping: the same mark means the same text, whose vars and parameters are the same too. */
class Marks {
  readonly attributes: ReadonlyMap<string, string>;
  readonly selection: string;
  readonly rules: string;
  /** Every word that occurs in a rule, names it writes among them. */
  readonly inRules: ReadonlySet<string>;
  /** An attribute is made of others: then their order counts. */
  readonly readsListing: boolean;
  private readonly given = new Map<string, string>();

  constructor(mapping: CheckedMapping) {
    for (const { name, value } of mapping.params) this.given.set(name, JSON.stringify(value ?? null));
    // A var may use the vars above it: those below are not there yet when its mark is made.
    for (const { name, value } of mapping.vars) this.given.set(name, this.mark(textOf(value.at)));
    this.attributes = new Map(
      mapping.attributes.map(({ name, value }) => [name, this.mark(textOf(value.at))]),
    );
    this.selection = fingerprint(
      JSON.stringify(mapping.select.map(({ name, condition }) => [name, this.mark(textOf(condition.at))])),
    );
    const texts = mapping.rules.map(ruleText);
    this.rules = fingerprint(JSON.stringify(texts.map((text) => this.mark(text))));
    this.inRules = new Set(texts.flatMap((text) => text.match(WORD) ?? []));
    this.readsListing = mapping.attributes.some(({ value }) => /\blisting\b/.test(textOf(value.at)));
  }

  private mark(text: string): string {
    const words = new Set(text.match(WORD) ?? []);
    const used = [...words].filter((word) => this.given.has(word)).sort();
    return fingerprint(JSON.stringify([text, used.map((word) => [word, this.given.get(word)])]));
  }
}

function textOf({ file, start, end }: Place): string {
  return file.text.slice(start, end).trim();
}

function ruleText({ body }: CheckedRule): string {
  return JSON.stringify(bodiesOf(body).map(bodyText));
}

function bodyText({ when, set, append, remove, exclude, cases }: CheckedBody) {
  const part = ({ name, value }: CheckedBody['set'][number]) => [name, textOf(value.at)];
  return [
    when === null ? null : textOf(when.at),
    set.map(part),
    append.map(part),
    remove.map(({ name }) => name),
    exclude,
    cases.length,
  ];
}
