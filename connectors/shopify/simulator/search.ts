/** Reads members a search may look at; `undefined`: the thing has no such member, and the filter is ignored. */
export type SearchedMember<Item> = (item: Item, name: string) => readonly string[] | undefined;

interface Term {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

/**
 * Whether an item fits a search: terms `name:value` (also `:>=`), joined by AND or a blank, alternatives by OR. A name the search does not
 * know is ignored, as Shopify does, so that a misspelt filter shows everything.
 */
export function fitsSearch<Item>(item: Item, query: string, members: SearchedMember<Item>): boolean {
  const alternatives = query.split(/\s+OR\s+/);
  return alternatives.some((part) => termsOf(part).every((term) => fitsTerm(item, term, members)));
}

function fitsTerm<Item>(item: Item, term: Term, members: SearchedMember<Item>): boolean {
  const values = members(item, term.name);
  if (values === undefined) return true;
  if (term.operator === '>=') return values.some((value) => Date.parse(value) >= Date.parse(term.value));
  return values.some((value) => value.toLowerCase() === term.value.toLowerCase());
}

function termsOf(part: string): Term[] {
  const pattern = /([a-z_]+):(>=)?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+))/g;
  return [...part.matchAll(pattern)].map(([, name = '', operator = '', double, single, bare]) => ({
    name,
    operator,
    value: double?.replaceAll(/\\(.)/g, '$1') ?? single ?? bare ?? '',
  }));
}
