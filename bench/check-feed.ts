import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';

/** Items of a Google RSS file; throws when it is not well-formed XML, or an item lacks an id, a title or a price. */
export async function countItems(feed: string): Promise<number> {
  const parser = new SaxesParser({ xmlns: true });
  let items = 0;
  let seen = new Set<string>();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    if (tag.name === 'item') seen = new Set();
    else seen.add(tag.local);
  });
  parser.on('closetag', (tag) => {
    if (tag.name !== 'item') return;
    items++;
    for (const name of ['id', 'title', 'price'])
      if (!seen.has(name)) throw new Error(`item ${items} of ${feed} has no ${name}`);
  });
  for await (const piece of createReadStream(feed, 'utf8')) parser.write(piece as string);
  parser.close();
  return items;
}
