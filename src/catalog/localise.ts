import type { Product, Texts } from '../domain/product.js';

/** In which languages a channel shows texts. Tags are lower case, `de`, `pt-br`. */
export interface LanguageChoice {
  readonly use: string;
  /** Languages to fall back to, best first. Absent: an untranslated text is nothing. */
  readonly else?: readonly string[];
  /** The catalog's own language, in which `title` and `description` are written. Absent: see `localised`. */
  readonly own?: string;
}

/**
 * The product as shoppers of one language see it: title, description and the slug at the end of its link. Texts that
 * exist in no chosen language are left out, so that a listing is blocked rather than half translated; so are the
 * search-engine texts, which exist in the catalog's own language only.
 * A product without translations, in a catalog whose own language nobody stated, is taken as it is.
 */
export function localised(product: Product, languages: LanguageChoice): Product {
  const translations = product.translations ?? {};
  if (languages.own === undefined && Object.keys(translations).length === 0) return product;
  const order = [languages.use, ...(languages.else ?? [])].map((tag) => textsIn(product, tag, languages.own));
  if (order[0] === OWN) return product;
  const { title: _t, description: _d, seoTitle, seoDescription, link, ...rest } = product;
  const title = firstText(product, order, 'title');
  const description = firstText(product, order, 'description');
  const slug = order.find((texts) => texts === OWN || texts?.slug !== undefined);
  const ownTexts = order.find((texts) => texts !== undefined) === OWN;
  return {
    ...rest,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(link === undefined ? {} : { link: linkWith(link, slug === OWN ? undefined : slug?.slug) }),
    ...(ownTexts && seoTitle !== undefined ? { seoTitle } : {}),
    ...(ownTexts && seoDescription !== undefined ? { seoDescription } : {}),
  };
}

/**
 * `localised` for many rows: the same product object gives the same result object, so that work done once per product
 * stays done once. Remembers nothing that is not in use elsewhere.
 */
export function localiser(languages: LanguageChoice): (product: Product) => Product {
  const known = new WeakMap<Product, Product>();
  return (product) => {
    const before = known.get(product);
    if (before) return before;
    const made = localised(product, languages);
    known.set(product, made);
    return made;
  };
}

/** Stands for the product's own texts. */
const OWN = 'own';

function textsIn(product: Product, tag: string, own: string | undefined): Texts | typeof OWN | undefined {
  for (const language of tag.includes('-') ? [tag, tag.slice(0, tag.indexOf('-'))] : [tag]) {
    if (own !== undefined && (own === language || own.startsWith(`${language}-`))) return OWN;
    const translations = product.translations ?? {};
    if (Object.hasOwn(translations, language)) return translations[language];
  }
  return undefined;
}

function firstText(
  product: Product,
  order: readonly (Texts | typeof OWN | undefined)[],
  field: 'title' | 'description',
): string | undefined {
  for (const texts of order) {
    const text = texts === OWN ? product[field] : texts?.[field];
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The link with its last path segment replaced by the slug; as it is when it is no address or there is no slug. */
function linkWith(link: string, slug: string | undefined): string {
  if (slug === undefined || !URL.canParse(link)) return link;
  const url = new URL(link);
  url.pathname = url.pathname.replace(/[^/]*\/?$/, encodeURIComponent(slug));
  return url.href;
}
