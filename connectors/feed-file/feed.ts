import type { Host } from '../../src/channel/connector.js';
import type { FeedPort, FeedWriter } from '../../src/channel/feed-port.js';
import { draftFile } from '../../src/channel/file-draft.js';
import { gatherText } from '../../src/channel/gather-text.js';
import { encoderOf } from './encoder.js';
import type { FeedFileSettings } from './settings.js';

/** Writes one whole file per run. */
export function feedPort(settings: FeedFileSettings, host: Host): FeedPort {
  return { begin: (key) => begin(settings, host, key) };
}

async function begin(settings: FeedFileSettings, host: Host, key: string): Promise<FeedWriter> {
  const encoder = encoderOf(settings, host.clock.now());
  const draft = await draftFile(settings.path, key, settings.gzip ?? false);
  const text = gatherText((bytes) => draft.write(bytes));
  let items = 0;
  await text.add(encoder.head);
  return {
    async write(listings) {
      host.signal.throwIfAborted();
      for (const { sku, attributes } of listings) {
        const full = text.add(encoder.item(sku, attributes));
        items += 1;
        if (full) await full;
      }
    },
    async commit() {
      host.signal.throwIfAborted();
      await text.add(encoder.tail);
      await text.flush();
      return { items, bytes: await draft.commit(), location: settings.path };
    },
    abort: () => draft.abort(),
  };
}
