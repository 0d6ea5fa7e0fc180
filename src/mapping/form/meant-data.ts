import type { JsonValue } from '../../domain/json.js';
import type { FormEdit, FormPath } from './form-edit.js';

/** The mapping as plain data, as it is meant to be after the edit. */
export function meantData(data: JsonValue, edit: FormEdit): JsonValue {
  if (edit.do === 'add rule') {
    const root = data as Record<string, JsonValue>;
    const { name, when, set } = edit;
    const rule = { name, ...(when === null ? {} : { when: when.trim() }), set: trimmed(set) };
    return { ...root, rules: [...((root.rules as JsonValue[] | undefined) ?? []), rule] };
  }
  return at(data, edit.path, edit);
}

function trimmed(set: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(set).map(([name, value]) => [name, value.trim()]));
}

function at(
  data: JsonValue | undefined,
  path: FormPath,
  edit: Exclude<FormEdit, { do: 'add rule' }>,
): JsonValue {
  const [step, ...rest] = path;
  if (Array.isArray(data)) {
    const items = [...(data as JsonValue[])];
    const place = Number(step);
    if (rest.length > 0) items[place] = at(items[place], rest, edit);
    else if (edit.do === 'remove') items.splice(place, 1);
    else if (edit.do === 'duplicate')
      items.splice(place + 1, 0, { ...(items[place] as Record<string, JsonValue>), name: edit.name });
    else if (edit.do === 'move') items.splice(edit.to, 0, ...items.splice(place, 1));
    return items;
  }
  const members = { ...((data ?? {}) as Record<string, JsonValue>) };
  const name = String(step);
  if (rest.length > 0) {
    const inner = at(members[name], rest, edit);
    if (edit.do === 'remove' && isEmpty(inner)) delete members[name];
    else members[name] = inner;
  } else if (edit.do === 'remove') delete members[name];
  else if (edit.do === 'set') members[name] = typeof edit.value === 'string' ? edit.value.trim() : edit.value;
  return members;
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
