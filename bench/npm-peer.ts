import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { FeedBuilder } from '@xcommerceweb/google-merchant-feed';
import type { FeedLine } from './catalog-lines.js';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';

type Product = Parameters<FeedBuilder['withProduct']>[0];

/** The peer: the npm package @xcommerceweb/google-merchant-feed 0.1.2 on the same lines, as its README uses it. */
export async function program({ catalog, folder }: ProgramInput): Promise<ProgramOutcome> {
  const feed = `${folder}/feed.xml`;
  const { result: items, ...time } = await timed(() => writeFeed(catalog.lines, feed));
  return { ...time, items, bytes: (await stat(feed)).size, feeds: [feed] };
}

async function writeFeed(lines: string, feed: string): Promise<number> {
  const builder = new FeedBuilder();
  builder.withTitle('Products').withLink('https://shop.example').withDescription('Products');
  let items = 0;
  for await (const line of createInterface({ input: createReadStream(lines), crlfDelay: Infinity })) {
    builder.withProduct(productOf(JSON.parse(line) as FeedLine));
    items++;
  }
  await writeFile(feed, builder.buildXml());
  return items;
}

function productOf(line: FeedLine): Product {
  const price = { currency: line.currency, value: (line.compareAt ?? line.price) / 100 };
  return {
    id: line.id,
    title: line.title,
    description: withoutNamedEntities(line.description),
    link: line.link,
    imageLink: line.image,
    additionalImageLinks: [...line.moreImages],
    availability: line.onHand > 0 ? 'in_stock' : 'out_of_stock',
    price,
    ...(line.compareAt === null ? {} : { salePrice: { ...price, value: line.price / 100 } }),
    brand: line.brand,
    ...(line.gtin === '' ? {} : { gtin: line.gtin }),
    ...(line.mpn === '' ? {} : { mpn: line.mpn }),
    condition: 'new',
    productType: line.type,
    itemGroupId: line.group,
    color: line.color,
    ...(line.size === '' ? {} : { size: line.size }),
    gender: line.gender as 'female' | 'male' | 'unisex',
  };
}

/** The package leaves `&nbsp;` and its like as they are, which is not XML: a channel would refuse the whole file. */
function withoutNamedEntities(html: string): string {
  return html.replaceAll('&nbsp;', ' ').replaceAll('&deg;', '°');
}
