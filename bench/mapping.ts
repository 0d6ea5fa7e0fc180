import type { ChannelFacts } from '../src/domain/channel-facts.js';
import { loadMapping } from '../src/mapping/load.js';
import type { MappingRow } from '../src/mapping/types.js';

const MAPPING = `connector: bench
params: { brand: Acme }
select: { has a price: variant.price.minor > 0 }
vars: { brand: 'default(product.brand, params.brand)' }
attributes:
  id: variant.sku
  title: words([vars.brand, product.title, variant.options.color, variant.options.size])
  description: product.description
  link: product.link
  image_link: product.images[0]
  additional_image_link: product.images.filter(i, i != product.images[0])
  availability: 'stock.available > 0 ? "in_stock" : has(stock.available) ? "out_of_stock" : null'
  price: variant.price
  sale_price: 'variant.salePrice < variant.price ? variant.salePrice : null'
  brand: vars.brand
  gtin: variant.gtin
  mpn: variant.mpn
  condition: '"new"'
  item_group_id: when(product.variantCount > 1, product.id)
  color: variant.options.color
  size: variant.options.size
  product_type: product.type
  custom_label_0: 'variant.price.minor > 5000 ? "high" : "low"'
`;

const CHANNEL: ChannelFacts = {
  id: 'bench',
  connector: 'bench',
  country: 'US',
  language: 'en',
  currency: 'USD',
  zone: 'UTC',
};

/** Rows of synthetic products with five variants each; every field a listing of 18 attributes reads is there or missing in turn. */
function rows(count: number): MappingRow[] {
  const made: MappingRow[] = [];
  for (let index = 0; index < count; index++) {
    const before = made[index - 1];
    const product =
      index % 5 !== 0 && before !== undefined
        ? before.product
        : {
            id: `P${index}`,
            title: `Product ${index}`,
            description: 'A long text about the product. '.repeat(8),
            status: 'active' as const,
            link: `https://shop.example/${index}`,
            images: [
              'https://shop.example/1.jpg',
              'https://shop.example/2.jpg',
              'https://shop.example/3.jpg',
            ],
            type: 'Gear > Bags',
            ...(index % 3 === 0 ? {} : { brand: 'Luma' }),
            summary: { variantCount: 5, optionValues: {} },
          };
    const variant = {
      id: `v${index}`,
      sku: `SKU-${index}`,
      position: 1,
      price: { minor: 1_000 + index, currency: 'USD' },
      ...(index % 2 === 0 ? {} : { salePrice: { minor: 900, currency: 'USD' } }),
      gtin: '4006381333931',
      options: { color: 'Blue', ...(index % 2 === 0 ? {} : { size: 'XL' }) },
    };
    made.push({ product, variant, stock: { available: index % 7 } });
  }
  return made;
}

/** Listings of 18 attributes per second on one core: the median of `rounds` passes over 40,000 rows. */
export function mappingBench(rounds = 9): { readonly listingsPerSecond: number } {
  const { mapping } = loadMapping({
    file: null,
    connector: 'bench',
    channel: CHANNEL,
    sources: { readMapping: () => ({ file: 'bench.yaml', text: MAPPING }), readLookup: () => null },
  });
  if (mapping === null) throw new Error('the mapping of the benchmark does not load');
  const data = rows(40_000);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = process.hrtime.bigint();
    for (const row of data) mapping.run(row, '2026-11-24T00:00:00.000Z');
    rates.push((data.length / Number(process.hrtime.bigint() - started)) * 1e9);
  }
  rates.sort((a, b) => a - b);
  return { listingsPerSecond: Math.round(rates[Math.floor(rates.length / 2)] ?? 0) };
}
