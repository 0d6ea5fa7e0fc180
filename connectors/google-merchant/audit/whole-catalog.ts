import { textOf } from '../../../src/channel/audit-rule.js';
import type { CatalogAudit, CatalogFinding, CatalogRule } from '../../../src/channel/catalog-audit.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { fingerprint } from '../../../src/domain/revision.js';
import { pageOf } from './pages.js';
import { textsOf } from './values.js';

const rule = (code: string, attribute: string, about: string, advice: string): CatalogRule => ({
  code,
  severity: 'warning',
  attribute,
  about,
  advice,
  source: `our reading of [Google's page](${pageOf(attribute)})`,
  verified: '2026-11-23',
  link: pageOf(attribute),
});

/** Rules that only show when listings are seen beside each other (specification 5.7, and the pre-flight of section 8). Where Google gives no figure, "many" is ours. */
export const CATALOG_RULES = {
  gtin: rule(
    'gtin_on_unlike_goods',
    'gtin',
    'the same GTIN on different brands or in different groups',
    'Each variant has a GTIN of its own. Correct the code, or leave it out where it is not known.',
  ),
  picture: rule(
    'picture_on_many',
    'image_link',
    'the same picture on more than 30 items of different groups, as placeholders are',
    'Leave placeholder pictures out of the catalog.',
  ),
  title: rule(
    'title_on_many',
    'title',
    'the same title on more than 30 items of different groups',
    'Build the title from brand, product and what tells it from others.',
  ),
  description: rule(
    'description_on_many',
    'description',
    'the same description on more than 50 items of different groups',
    'Write a description per product.',
  ),
  id: rule(
    'id_hardly_differs',
    'id',
    'ids that differ in capitals or blanks alone, so that one product may overwrite the other',
    'Give one of the variants another SKU.',
  ),
  stock: rule(
    'all_out_of_stock',
    'availability',
    'a catalog of more than 20 items without a single one in stock',
    'Look at where stock comes from before customers are told that nothing can be bought.',
  ),
} as const;

const MANY = { picture: 30, title: 30, description: 50, stock: 20 };
const EXAMPLES = 5;

/** A value seen on several listings. */
interface Repeat {
  readonly first: string;
  /** Listings beyond the first one's group. */
  others: number;
  readonly examples: string[];
}

/** A new audit. `most`: values of each kind it remembers, which bounds its memory (about 200 bytes each). */
export function catalogAudit(most = 100_000): CatalogAudit {
  const seen = {
    gtin: new Map<string, Repeat>(),
    picture: new Map<string, Repeat>(),
    title: new Map<string, Repeat>(),
    description: new Map<string, Repeat>(),
    id: new Map<string, Repeat>(),
  };
  const stock = { items: 0, gone: 0 };
  let complete = true;

  /** `owner`: listings of the same owner may share the value. */
  function note(map: Map<string, Repeat>, value: string | null, { sku, owner }: Owned): void {
    if (value === null) return;
    const key = fingerprint(value).slice(0, 16);
    const known = map.get(key);
    if (known === undefined) {
      if (map.size < most) map.set(key, { first: owner, others: 0, examples: [sku] });
      else complete = false;
    } else if (known.first !== owner) {
      known.others += 1;
      if (known.examples.length < EXAMPLES) known.examples.push(sku);
    }
  }

  return {
    add(sku, listing) {
      const group = textOf(listing, 'item_group_id') ?? sku;
      const grouped = { sku, owner: group };
      for (const code of textsOf(listing, 'gtin'))
        note(seen.gtin, code, { sku, owner: makerAnd(group, listing) });
      note(seen.picture, textOf(listing, 'image_link'), grouped);
      note(seen.title, textOf(listing, 'title'), grouped);
      note(seen.description, textOf(listing, 'description'), grouped);
      note(seen.id, sku.trim().replace(/\s+/g, ' ').toLowerCase(), { sku, owner: sku });
      stock.items += 1;
      if (listing.availability === 'out_of_stock') stock.gone += 1;
    },
    findings() {
      const empty = stock.items > MANY.stock && stock.gone === stock.items;
      return [
        ...repeated(CATALOG_RULES.gtin, seen.gtin, 1),
        ...repeated(CATALOG_RULES.picture, seen.picture, MANY.picture),
        ...repeated(CATALOG_RULES.title, seen.title, MANY.title),
        ...repeated(CATALOG_RULES.description, seen.description, MANY.description),
        ...repeated(CATALOG_RULES.id, seen.id, 1),
        ...(empty ? [{ rule: CATALOG_RULES.stock, count: 1, examples: [`${stock.items} items`] }] : []),
      ];
    },
    complete: () => complete,
  };
}

interface Owned {
  readonly sku: string;
  readonly owner: string;
}

function makerAnd(group: string, listing: JsonObject): string {
  return JSON.stringify([group, textOf(listing, 'brand')?.toLowerCase() ?? null]);
}

/** One value found on `least` or more listings beside the first is one count; both of a pair are named. */
function repeated(
  which: CatalogRule,
  map: ReadonlyMap<string, Repeat>,
  least: number,
): readonly CatalogFinding[] {
  const found = [...map.values()].filter(({ others }) => others >= least);
  if (found.length === 0) return [];
  const examples = found.flatMap((entry) => entry.examples.slice(0, 2)).slice(0, EXAMPLES);
  return [{ rule: which, count: found.length, examples }];
}
