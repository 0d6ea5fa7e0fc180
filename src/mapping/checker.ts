import { kindOf } from './cel-types.js';
import type { CheckedExpression, CheckedMember, CheckedValue } from './checked-value.js';
import type { DiagnosticSink } from './diagnostics.js';
import type { Scope } from './environment.js';
import { checkExpression, isFault } from './front.js';
import { conditionSentence, sentenceOf } from './messages.js';
import { placeInFile } from './scalar-map.js';
import { type MapNode, memberOf, type TextNode, type ValueNode } from './source-tree.js';

const INSTRUCTIONS: ReadonlySet<string> = new Set(['$text', '$each', '$as', '$when', '$value']);

/** Turns values of a mapping file into checked ones and reports what is wrong with them, at its place. */
export class Checker {
  private readonly sink: DiagnosticSink;
  private readonly attributes: readonly string[];

  constructor(sink: DiagnosticSink, attributes: readonly string[]) {
    this.sink = sink;
    this.attributes = attributes;
  }

  /** Checks one expression; null when it does not load (the reason is reported). */
  expression(source: TextNode, scope: Scope, path: string): CheckedExpression | null {
    const text = source.value;
    const result = checkExpression(scope.environment, text);
    if (!isFault(result)) return { kind: 'expression', expression: result, source, at: source.at, path };
    const cutByComment =
      source.at.style === 'plain' &&
      /^[ \t]+#/.test(source.at.file.text.slice(source.at.end, source.at.end + 80));
    const sentence = sentenceOf(result, { scope, text, cutByComment, attributes: this.attributes });
    this.sink.error(result.code, placeInFile(source.at, text, result), sentence.message, {
      hint: sentence.hint,
      path,
    });
    return null;
  }

  /** Checks an expression that must be yes/no. */
  condition(node: ValueNode, scope: Scope, path: string): CheckedExpression | null {
    if (node.kind !== 'text') {
      if (node.kind === 'fixed' && typeof node.value === 'boolean')
        return this.fixedCondition(node.value, node, path);
      if (this.sink.hasErrorIn(node.at)) return null;
      this.sink.error('not_a_condition', node.at, 'a condition is an expression that is true or false', {
        path,
      });
      return null;
    }
    const checked = this.expression(node, scope, path);
    if (checked === null) return null;
    const kind = kindOf(checked.expression.type);
    if (kind === 'bool' || kind === 'any') return checked;
    const { message, hint } = conditionSentence(checked.expression.type);
    const whole = { start: 0, end: node.value.length };
    this.sink.error('not_a_condition', placeInFile(node.at, node.value, whole), message, { hint, path });
    return null;
  }

  private fixedCondition(value: boolean, node: ValueNode, path: string): CheckedExpression {
    const type = { kind: 'primitive', name: 'bool', hasDynType: false, hasPlaceholderType: false };
    const source: TextNode = { kind: 'text', value: String(value), at: { ...node.at, style: 'plain' } };
    return {
      kind: 'expression',
      expression: { kind: 'literal', value, type, start: 0, end: 0 },
      source,
      at: node.at,
      path,
    };
  }

  /** Checks a value of any shape; a part that does not load becomes nothing and is reported. */
  value(node: ValueNode, scope: Scope, path: string): CheckedValue {
    switch (node.kind) {
      case 'text':
        return this.expression(node, scope, path) ?? { kind: 'nothing', at: node.at };
      case 'fixed':
        if (typeof node.value === 'number' && /^[+-]?0\d/.test(node.source)) {
          this.sink.warning('leading_zeros', node.at, `${node.source} is read as the number ${node.value}`, {
            hint: `write { $text: ${node.source} } to keep the zeros`,
            path,
          });
        }
        if (typeof node.value === 'number' && Math.abs(node.value) > Number.MAX_SAFE_INTEGER) {
          this.sink.error('number_too_large', node.at, 'whole numbers go up to 9007199254740991', {
            hint: `write { $text: ${node.source} } if it is an identifier`,
            path,
          });
        }
        return { kind: 'fixed', value: node.value, at: node.at };
      case 'nothing':
        return { kind: 'nothing', at: node.at };
      case 'list':
        return {
          kind: 'list',
          at: node.at,
          items: node.items.map((item, index) => this.value(item, scope, `${path}[${index}]`)),
        };
      case 'map':
        return this.map(node, scope, path);
    }
  }

  private map(node: MapNode, scope: Scope, path: string): CheckedValue {
    for (const entry of node.entries) {
      if (entry.name.startsWith('$') && !INSTRUCTIONS.has(entry.name)) {
        this.sink.error('unknown_instruction', entry.nameAt, `there is no instruction ${entry.name}`, {
          hint: 'the instructions are $text, $each, $as, $when and $value',
          path,
        });
      }
    }
    const text = memberOf(node, '$text');
    if (text !== null) return this.fixedText(node, text, path);
    const each = memberOf(node, '$each');
    return each === null ? this.object(node, scope, path) : this.each(node, scope, path);
  }

  private fixedText(node: MapNode, text: ValueNode, path: string): CheckedValue {
    if (node.entries.length > 1) this.sink.error('text_and_more', node.at, '$text stands alone', { path });
    if (text.kind === 'text') return { kind: 'fixed', value: text.value, at: text.at };
    if (text.kind === 'fixed') return { kind: 'fixed', value: text.source, at: text.at };
    if (text.kind !== 'nothing')
      this.sink.error('not_a_text', text.at, '$text takes words, not a list or a map', { path });
    return { kind: 'nothing', at: text.at };
  }

  private each(node: MapNode, scope: Scope, path: string): CheckedValue {
    const nothing: CheckedValue = { kind: 'nothing', at: node.at };
    const source = memberOf(node, '$each');
    const as = memberOf(node, '$as');
    const name = as?.kind === 'text' ? as.value : '';
    if (!/^[A-Za-z_]\w*$/.test(name) || scope.has(name)) {
      this.sink.error('bad_entry_name', (as ?? node).at, '$each needs a new name for the entry: $as: entry', {
        path,
      });
      return nothing;
    }
    if (source?.kind !== 'text') {
      this.sink.error('not_a_list', (source ?? node).at, '$each takes an expression that gives a list', {
        path,
      });
      return nothing;
    }
    const list = this.expression(source, scope, `${path}.$each`);
    if (list === null) return nothing;
    const { type } = list.expression;
    const kind = kindOf(type);
    if (kind !== 'list' && kind !== 'any') {
      this.sink.error('not_a_list', source.at, '$each takes an expression that gives a list', { path });
      return nothing;
    }
    const inner = scope.with(name, type.valueType ?? 'dyn');
    return { kind: 'each', list, as: name, body: this.object(node, inner, path), at: node.at };
  }

  private object(node: MapNode, scope: Scope, path: string): CheckedValue {
    const whenNode = memberOf(node, '$when');
    const when = whenNode === null ? null : this.condition(whenNode, scope, `${path}.$when`);
    const valueNode = memberOf(node, '$value');
    const value = valueNode === null ? null : this.value(valueNode, scope, `${path}.$value`);
    const members: CheckedMember[] = [];
    for (const entry of node.entries) {
      if (entry.name.startsWith('$')) continue;
      if (value !== null) {
        this.sink.error('value_and_members', entry.nameAt, '$value stands instead of members', { path });
        continue;
      }
      members.push({
        name: entry.name,
        nameAt: entry.nameAt,
        value: this.value(entry.value, scope, `${path}.${entry.name}`),
      });
    }
    return { kind: 'object', when, members, value, at: node.at };
  }
}
