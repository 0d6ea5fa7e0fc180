import type { Product } from '../domain/product.js';
import type { ProductTexts, TextsOf } from './frame.js';

/** Which language's texts a mapping uses. */
export interface TextLanguage {
  readonly use: string;
  /** Languages to fall back to, in order. Without them an untranslated product has no texts. */
  readonly otherwise: readonly string[];
  /** Language of the products' own texts; null when nobody said: then they are taken for the channel's. */
  readonly catalog: string | null;
}

const NONE: ProductTexts = {};

/**
 * Chooses a product's texts: its translation, else its own texts when they are in that language. A product without
 * texts in the wanted language and its fallbacks has no title: blocked rather than half in another language.
 */
export function textsIn(language: TextLanguage): TextsOf {
  const wanted = [language.use, ...language.otherwise].map((tag) => tag.toLowerCase());
  return (product) => {
    for (const tag of wanted) {
      const texts = inLanguage(product, tag, language.catalog);
      if (texts !== null) return texts;
    }
    return language.catalog === null ? product : NONE;
  };
}

function inLanguage(product: Product, tag: string, catalog: string | null): ProductTexts | null {
  const translations = product.translations;
  for (const candidate of [tag, primary(tag)]) {
    if (translations !== undefined && Object.hasOwn(translations, candidate)) {
      const texts = translations[candidate];
      if (texts !== undefined) return texts;
    }
  }
  return catalog !== null && primary(catalog.toLowerCase()) === primary(tag) ? product : null;
}

function primary(tag: string): string {
  return tag.split('-')[0] ?? tag;
}
