import { type JsonValue, sameJson } from '../domain/json.js';
import type { CheckedPart } from './checked-mapping.js';
import type { Value } from './functions/definition.js';
import type { CompiledBody, CompiledRule, RuleObserver } from './rules.js';
import type { ListingOverride } from './types.js';

/** What one rule did to the rows that were looked at. */
export interface RuleCount {
  readonly name: string;
  readonly by: 'default' | 'mapping';
  /** Variants its condition held for. */
  readonly matched: number;
  /** Variants it gave an attribute another value. */
  readonly changed: number;
  /** Of these, variants where a later rule or an override gave such an attribute another value again. */
  readonly overridden: number;
  /** Variants it keeps off the channel. */
  readonly excluded: number;
}

interface Counting {
  readonly rule: CompiledRule;
  matched: number;
  changed: number;
  overridden: number;
  excluded: number;
}

/** Watches the rules of a mapping over many rows and counts what each does. */
export class RuleTally implements RuleObserver {
  private readonly counts = new Map<CompiledRule, Counting>();
  private readonly rowChanged = new Set<Counting>();
  private readonly rowOverridden = new Set<Counting>();
  private readonly setBy = new Map<string, Counting>();
  private current: Counting | null = null;

  constructor(rules: readonly CompiledRule[]) {
    for (const rule of rules)
      this.counts.set(rule, { rule, matched: 0, changed: 0, overridden: 0, excluded: 0 });
  }

  /** Starts a row. */
  begin(): void {
    this.setBy.clear();
    this.rowChanged.clear();
    this.rowOverridden.clear();
  }

  began(rule: CompiledRule): void {
    this.current = this.counts.get(rule) ?? null;
    if (this.current !== null && rule.body.when === null) this.current.matched++;
  }

  asked(holds: boolean, body: CompiledBody): void {
    if (holds && this.current?.rule.body === body) this.current.matched++;
  }

  changed(_part: CheckedPart | null, name: string, value: Value, before: Value): void {
    if (this.current === null || sameJson(value as JsonValue, before as JsonValue)) return;
    const earlier = this.setBy.get(name);
    if (earlier !== undefined && earlier !== this.current) this.rowOverridden.add(earlier);
    this.rowChanged.add(this.current);
    this.setBy.set(name, this.current);
  }

  excluded(rule: CompiledRule): void {
    const count = this.counts.get(rule);
    if (count !== undefined) count.excluded++;
  }

  /** Ends a row: what a person fixed by hand comes after the rules. */
  end(override: ListingOverride | undefined): void {
    for (const name of Object.keys(override?.attributes ?? {})) {
      const earlier = this.setBy.get(name);
      if (earlier !== undefined) this.rowOverridden.add(earlier);
    }
    for (const count of this.rowChanged) count.changed++;
    for (const count of this.rowOverridden) count.overridden++;
  }

  /** The rule that set an attribute of the present row last; null: none did. */
  ruleOf(attribute: string): string | null {
    return this.setBy.get(attribute)?.rule.rule.name ?? null;
  }

  /** Every rule in its order. */
  all(): readonly RuleCount[] {
    return [...this.counts.values()].map(({ rule, ...counted }) => ({
      name: rule.rule.name,
      by: rule.rule.by,
      ...counted,
    }));
  }
}
