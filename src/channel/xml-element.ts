import { isJsonArray, isJsonObject, type JsonValue } from '../domain/json.js';
import { xmlText } from './file-text.js';

/**
 * A value as elements, one a line, because some channels refuse long lines: lists repeat the element, members of an object
 * are elements inside it and carry the namespace prefix of their element.
 */
export function xmlElement(tag: string, value: JsonValue): string {
  if (typeof value === 'string') return `<${tag}>${xmlText(value)}</${tag}>\n`;
  if (isJsonArray(value)) return value.map((entry) => xmlElement(tag, entry)).join('');
  if (!isJsonObject(value)) return `<${tag}>${xmlText(String(value))}</${tag}>\n`;
  const prefix = tag.slice(0, tag.indexOf(':') + 1);
  const inner = Object.entries(value).map(([name, member]) =>
    member === undefined ? '' : xmlElement(`${prefix}${name}`, member),
  );
  return `<${tag}>\n${inner.join('')}</${tag}>\n`;
}
