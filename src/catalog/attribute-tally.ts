import { isJsonObject } from '../domain/json.js';
import type { Attributes, AttributeValue, SourceProduct } from '../domain/product.js';

/** Type of a free attribute. */
export type AttributeType = 'text' | 'number' | 'bool' | 'money' | 'measure' | 'list of text';

/** How often a name was used, and where first. */
export interface NameUse {
  readonly name: string;
  /** A free attribute with this type; null: an option of variants, which is always text. */
  readonly type: AttributeType | null;
  /** Values: of products and of variants. */
  readonly count: number;
  /** Line of the first one in the file; 0: not known. */
  readonly line: number;
  /** Its product id or SKU. */
  readonly key: string;
}

interface Use {
  count: number;
  readonly line: number;
  readonly key: string;
}

type Name = { -readonly [Type in AttributeType]?: Use };

/** Most different names looked at: a file whose columns are data must not fill the memory. */
const MOST_NAMES = 5_000;

/** Counts the free attributes and options of a source by name and type: work per value is one look-up. */
export class AttributeTally {
  readonly #names = new Map<string, Name>();
  readonly #options = new Map<string, Use>();

  /** Counts a product with its variants. */
  add({ product, variants, line }: SourceProduct): void {
    this.#attributes(product.attributes, line ?? 0, product.id);
    for (const { content, sku, line: own } of variants) {
      const place = own ?? line ?? 0;
      const key = sku ?? product.id;
      this.#attributes(content.attributes, place, key);
      for (const name of Object.keys(content.options ?? {})) {
        const use = this.#options.get(name);
        if (use !== undefined) use.count++;
        else if (this.#options.size < MOST_NAMES) this.#options.set(name, { count: 1, line: place, key });
      }
    }
  }

  #attributes(attributes: Attributes | undefined, line: number, key: string): void {
    if (attributes === undefined) return;
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (value === undefined) continue;
      let known = this.#names.get(name);
      if (known === undefined) {
        if (this.#names.size >= MOST_NAMES) continue;
        known = {};
        this.#names.set(name, known);
      }
      const type = typeOf(value);
      const use = known[type];
      if (use === undefined) known[type] = { count: 1, line, key };
      else use.count++;
    }
  }

  /** Every name with each of its types. */
  all(): readonly NameUse[] {
    const attributes = [...this.#names].flatMap(([name, types]) =>
      Object.entries(types).map(([type, use]) => ({ name, type: type as AttributeType, ...use })),
    );
    return [...attributes, ...[...this.#options].map(([name, use]) => ({ name, type: null, ...use }))];
  }
}

function typeOf(value: AttributeValue): AttributeType {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'list of text';
  return isJsonObject(value) && 'minor' in value ? 'money' : 'measure';
}
