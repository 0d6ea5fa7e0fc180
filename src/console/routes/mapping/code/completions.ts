import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { MappingEnvironment } from '../../../../api/shapes/mapping-types.js';
import { percent } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';

/** Offers what can stand at the cursor: fields and functions in expressions, attributes where members are named, tables in lookups. */
export function completionsOf(environment: MappingEnvironment | null) {
  const offers = environment === null ? null : offersOf(environment);
  return (context: CompletionContext): CompletionResult | null => {
    if (offers === null) return null;
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const table = /\blookup(?:Path)?\(\s*"([\w-]*)$/.exec(before);
    if (table)
      return { from: context.pos - (table[1]?.length ?? 0), options: offers.tables, validFor: /^[\w-]*$/ };
    const name = /^\s+([\w-]*)$/.exec(before);
    if (name && isMember(context))
      return { from: context.pos - (name[1]?.length ?? 0), options: offers.attributes, validFor: /^[\w-]*$/ };
    const word = context.matchBefore(/[A-Za-z_][\w.]*/);
    if (word === null && !context.explicit) return null;
    return {
      from: word?.from ?? context.pos,
      options: [...offers.fields, ...offers.functions],
      validFor: /^[\w.]*$/,
    };
  };
}

/** Whether a line names a member of the attributes, or of what a rule sets: the lines above say so. */
function isMember({ state, pos }: CompletionContext): boolean {
  const own = state.doc.lineAt(pos);
  const indent = /^\s*/.exec(own.text)?.[0].length ?? 0;
  for (let number = own.number - 1; number > 0; number--) {
    const text = state.doc.line(number).text;
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const outer = /^\s*/.exec(text)?.[0].length ?? 0;
    if (outer < indent) return /^\s*(?:- )?(attributes|set|append):\s*$/.test(text);
  }
  return false;
}

function offersOf({ fields, functions, lookups, attributes }: MappingEnvironment) {
  return {
    fields: fields.map(
      ({ path, label, type, filled, samples }): Completion => ({
        label: path,
        type: 'property',
        detail: type,
        info: [
          label,
          filled === null ? '' : say('code.filled', { share: percent(filled) }),
          samples.length === 0
            ? ''
            : say('code.samples', { values: samples.map(({ value }) => value).join(', ') }),
        ]
          .filter(Boolean)
          .join('\n'),
      }),
    ),
    functions: functions.map(
      ({ name, signatures, doc, example }): Completion => ({
        label: name,
        apply: `${name}(`,
        type: 'function',
        detail: signatures[0] ?? '',
        info: `${doc}\n${example.source} → ${example.result}`,
      }),
    ),
    tables: lookups.map(
      ({ name, keys }): Completion => ({
        label: name,
        type: 'enum',
        detail: say('mapping.table_keys', { n: keys }),
      }),
    ),
    attributes: attributes.map(
      ({ name, required, doc, values }): Completion => ({
        label: name,
        apply: `${name}: `,
        type: 'keyword',
        detail: required ? say('mapping.required') : '',
        info: [doc ?? '', values.slice(0, 8).join(', ')].filter(Boolean).join('\n'),
      }),
    ),
  };
}
