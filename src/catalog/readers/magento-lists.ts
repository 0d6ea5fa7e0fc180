/** A child of a configurable product as its `configurable_variations` cell names it. */
export interface MagentoVariation {
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Reads `sku=MH01-XS-Black,size=XS,color=Black|sku=…`. A piece without `name=` belongs to the value before it, so that
 * values may contain commas. Entries without a SKU are left out.
 */
export function readVariations(text: string): MagentoVariation[] {
  const variations: MagentoVariation[] = [];
  for (const entry of text.split('|')) {
    const options: Record<string, string> = {};
    let sku: string | undefined;
    for (const [name, value] of readPairs(entry)) {
      if (name === 'sku') sku = value;
      else options[name] = value;
    }
    if (sku !== undefined && sku !== '') variations.push({ sku, options });
  }
  return variations;
}

/**
 * Reads `a=b,c=d|e|f` and the quoted form `"a=b","c=d, e"` that Magento writes when values are wrapped in quotes.
 * Names are lower case; a piece without `name=` belongs to the value before it.
 */
export function readPairs(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const piece of piecesOf(text)) {
    const match = /^\s*([A-Za-z_][\w-]*)=([\s\S]*)$/.exec(piece);
    const last = pairs[pairs.length - 1];
    if (match?.[1] !== undefined) pairs.push([match[1].toLowerCase(), (match[2] ?? '').trim()]);
    else if (last !== undefined) last[1] += `,${piece}`;
  }
  return pairs;
}

function piecesOf(text: string): string[] {
  if (!text.includes('"')) return text.split(',');
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (letter === ',' && !quoted) {
      pieces.push(piece);
      piece = '';
    } else piece += letter;
  }
  pieces.push(piece);
  return pieces;
}
