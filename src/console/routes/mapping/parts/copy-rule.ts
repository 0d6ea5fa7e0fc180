import type { Mapping } from '../../../../api/shapes/mapping-types.js';
import { editText } from '../../../../mapping/form/edit-text.js';
import type { FormRule } from '../../../../mapping/form/form-model.js';
import { writeCondition } from '../../../../mapping/form/write-expression.js';
import { call, pathOf } from '../../../app/call.js';
import { say } from '../../../strings/say.js';
import { saverOf } from '../writes.js';

/** Whether a rule can be taken to another mapping as it is: one condition, values that are expressions. */
export function canCopy({ set, append, remove, exclude, cases }: FormRule): boolean {
  return (
    set.length > 0 &&
    append.length + remove.length + cases.length === 0 &&
    exclude === null &&
    set.every(({ source }) => source !== null)
  );
}

/** Adds a rule at the end of another channel's draft; answers what to say about it. Throws like `call`. */
export async function copyRule(rule: FormRule, channel: string): Promise<string> {
  const mapping = await call<Mapping>('GET', pathOf('/mappings', channel));
  const { draft, version } = mapping;
  const text = draft?.text ?? mapping.text;
  const set = Object.fromEntries(rule.set.map(({ name, source }) => [name, source?.text ?? 'null']));
  const when = rule.when === null ? null : writeCondition(rule.when);
  const next = editText(text, { do: 'add rule', name: rule.name, when, set });
  if (next === null) return say('mapping.by_code_only');
  await saverOf(channel)({ text: next, revision: draft?.revision ?? 0, base: draft?.base ?? version });
  return say('mapping.copied_to', { channel });
}
