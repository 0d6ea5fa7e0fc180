import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { textFile } from './catalog-generator.js';
import type { FeedLine } from './catalog-lines.js';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';

/** The floor: JSON lines in, Google RSS out, 18 fields, streaming; no rules, no checks, no store. */
export async function program({ catalog, folder }: ProgramInput): Promise<ProgramOutcome> {
  const feed = `${folder}/feed.xml`;
  const { result: items, ...time } = await timed(() => writeFeed(catalog.lines, feed));
  return { ...time, items, bytes: (await stat(feed)).size, feeds: [feed] };
}

async function writeFeed(lines: string, feed: string): Promise<number> {
  const out = textFile(feed);
  let items = 0;
  await out.write(
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n<title>Products</title>\n<link>https://shop.example</link>\n<description>Products</description>\n',
  );
  for await (const line of createInterface({ input: createReadStream(lines), crlfDelay: Infinity })) {
    await out.write(item(JSON.parse(line) as FeedLine));
    items++;
  }
  await out.write('</channel>\n</rss>\n');
  await out.end();
  return items;
}

function item(line: FeedLine): string {
  const dearer = line.compareAt !== null;
  return `<item>
<g:id>${escaped(line.id)}</g:id>
<g:title>${escaped(line.title)}</g:title>
<g:description>${escaped(line.description)}</g:description>
<g:link>${escaped(line.link)}</g:link>
<g:image_link>${escaped(line.image)}</g:image_link>
${line.moreImages.map((image) => element('additional_image_link', image)).join('')}<g:availability>${line.onHand > 0 ? 'in_stock' : 'out_of_stock'}</g:availability>
<g:price>${money(line.compareAt ?? line.price, line.currency)}</g:price>
${dearer ? element('sale_price', money(line.price, line.currency)) : ''}<g:brand>${escaped(line.brand)}</g:brand>
${element('gtin', line.gtin)}${element('mpn', line.mpn)}<g:condition>new</g:condition>
<g:product_type>${escaped(line.type)}</g:product_type>
<g:item_group_id>${escaped(line.group)}</g:item_group_id>
${element('color', line.color)}${element('size', line.size)}${element('gender', line.gender)}</item>
`;
}

function element(name: string, text: string): string {
  return text === '' ? '' : `<g:${name}>${escaped(text)}</g:${name}>\n`;
}

function money(minor: number, currency: string): string {
  return `${(minor / 100).toFixed(2)} ${currency}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
