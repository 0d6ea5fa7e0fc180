import type { FeedPort, FeedWriter, Host } from '../../src/channel/connector.js';
import { encoderOf } from './encoder.js';
import { draftFile } from './feed-writer.js';
import type { FeedFileSettings } from './settings.js';

/** Text gathered before it is handed to the disk. */
const CHUNK = 64 * 1024;

/** Writes one whole file per run. */
export function feedPort(settings: FeedFileSettings, host: Host): FeedPort {
  return { begin: (key) => begin(settings, host, key) };
}

async function begin(settings: FeedFileSettings, host: Host, key: string): Promise<FeedWriter> {
  const encoder = encoderOf(settings, host.clock.now());
  const draft = await draftFile(settings.path, key, settings.gzip ?? false);
  let waiting = encoder.head;
  let items = 0;
  return {
    async write(listings) {
      host.signal.throwIfAborted();
      for (const { sku, attributes } of listings) {
        waiting += encoder.item(sku, attributes);
        items += 1;
        if (waiting.length < CHUNK) continue;
        const chunk = waiting;
        waiting = '';
        await draft.write(chunk);
      }
    },
    async commit() {
      host.signal.throwIfAborted();
      await draft.write(waiting + encoder.tail);
      return { items, bytes: await draft.commit(), location: settings.path };
    },
    abort: () => draft.abort(),
  };
}
