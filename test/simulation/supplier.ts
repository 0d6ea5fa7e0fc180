import type { ProductStream, ReadResult } from '../../src/catalog/readers/reader.js';
import { OperatorError } from '../../src/domain/errors.js';
import type { SourceProduct } from '../../src/domain/product.js';
import type { Goods, World } from './world.js';

const PER_BATCH = 4;

/** The shop's catalog file as it is at this moment, unless the weather spoils it: it breaks off, has a tenth of its rows, or a price without its last digits. */
export async function* readFeed(world: World): ProductStream {
  const { weather } = world;
  const cut = weather.strikes('feed-cut', 'feed');
  const tenth = weather.strikes('feed-tenth', 'feed');
  const typo = weather.strikes('feed-typo', 'feed');
  const goods = [...world.goods.values()].filter(({ active }) => active);
  const kept = tenth ? goods.slice(0, Math.max(1, Math.floor(goods.length / 10))) : goods;
  const wrong = typo ? goods[world.roll.below(goods.length)]?.sku : undefined;
  const products = kept.map((each) => productOf(world, each, each.sku === wrong));
  world.note(
    `the feed has ${products.length} of ${goods.length} products${cut ? ', and breaks off' : ''}${wrong ? `, and a wrong price of ${wrong}` : ''}`,
  );
  for (let from = 0; from < products.length; from += PER_BATCH) {
    if (cut && from + PER_BATCH >= products.length)
      throw new OperatorError('file_truncated', 'The file breaks off', 'Send it again.');
    yield products.slice(from, from + PER_BATCH);
  }
  return complete(products.length);
}

function productOf(world: World, { sku, title, priceMinor, units }: Goods, typo: boolean): SourceProduct {
  const minor = typo ? Math.max(1, Math.floor(priceMinor / 100)) : priceMinor;
  const onHand = units - world.shop.units(sku);
  return {
    product: { id: `p-${sku}`, title, status: 'active' },
    variants: [
      {
        sku,
        content: {},
        offer: { price: { minor, currency: 'EUR' } },
        stock: [{ location: 'main', onHand }],
      },
    ],
  };
}

function complete(count: number): ReadResult {
  return {
    rows: count,
    products: count,
    variants: count,
    rejectedRows: 0,
    encoding: 'utf-8',
    encodingCertain: true,
    format: 'shopify-csv',
    complete: true,
  };
}
