import type { MadeProduct, MadeVariant } from './catalog-generator.js';

/** One line of the input of writers without a store: a variant with everything of its product that a feed shows. */
export interface FeedLine {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly link: string;
  readonly image: string;
  readonly moreImages: readonly string[];
  readonly onHand: number;
  readonly price: number;
  readonly compareAt: number | null;
  readonly currency: string;
  readonly brand: string;
  readonly gtin: string;
  readonly mpn: string;
  readonly type: string;
  readonly group: string;
  readonly color: string;
  readonly size: string;
  readonly gender: string;
}

/** The JSON lines of a product's variants. */
export function floorLines(product: MadeProduct): string {
  return product.variants
    .map((variant, place) => `${JSON.stringify(feedLine(product, variant, place))}\n`)
    .join('');
}

function feedLine(product: MadeProduct, variant: MadeVariant, place: number): FeedLine {
  return {
    id: variant.sku === '' ? `${product.handle}-${place + 1}` : variant.sku,
    title: product.title,
    description: product.description,
    link: `https://shop.example/products/${product.handle}`,
    image: product.images[0] ?? '',
    moreImages: product.images.slice(1),
    onHand: variant.onHand,
    price: variant.price,
    compareAt: variant.compareAt,
    currency: 'USD',
    brand: product.brand,
    gtin: variant.gtin,
    mpn: variant.mpn,
    type: product.type,
    group: product.handle,
    color: variant.color,
    size: variant.size,
    gender: product.gender,
  };
}
