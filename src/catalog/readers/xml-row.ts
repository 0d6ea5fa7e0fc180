import { type RawRow, RawRowDraft } from './raw-row.js';
import type { XmlElement } from './xml-items.js';

/**
 * Lays an XML item flat: elements by path without namespace prefixes (`row["price.amount"]`), attributes behind `@`
 * (`row["@id"]`, `row["image@href"]`), repeated elements as a list (`lists.image`).
 */
export function flatXml(item: XmlElement): RawRow {
  const draft = new RawRowDraft();
  flatten(item, '', draft);
  return draft;
}

function flatten(element: XmlElement, path: string, draft: RawRowDraft): void {
  for (const [name, text] of Object.entries(element.attributes)) draft.add(`${path}@${name}`, text);
  if (path !== '') draft.add(path, element.text);
  for (const child of element.children) {
    const name = child.name.slice(child.name.indexOf(':') + 1);
    flatten(child, path === '' ? name : `${path}.${name}`, draft);
  }
}
