import { rm } from 'node:fs/promises';
import type { Host } from '../../../src/channel/connector.js';
import type { FeedWriter } from '../../../src/channel/feed-port.js';
import { draftFile, type FileDraft } from '../../../src/channel/file-draft.js';
import { gatherText, type TextGatherer } from '../../../src/channel/gather-text.js';
import { feedEncoder } from './feed-encoder.js';
import type { FeedFormat } from './feed-format.js';
import { type FeedText, feedParts, partName } from './feed-parts.js';

/** Where the files of a feed go and what they look like. */
export interface FeedFiles {
  /** Path of the first file; further ones stand beside it (`partName`). */
  readonly file: string;
  readonly format: FeedFormat;
  readonly gzip: boolean;
  /** Number of files, 1 to `MOST_PARTS`; every one has a data source of its own at Google. */
  readonly parts: number;
  readonly title: string;
  readonly link: string | null;
}

interface OpenPart {
  readonly draft: FileDraft;
  readonly text: TextGatherer;
}

/**
 * Writes a feed beside the live files and switches to it at the end, file by file; each is whole in itself. The same key
 * starts over. Throws OperatorError where the disk refuses.
 */
export async function writeFeed(files: FeedFiles, key: string, host: Host): Promise<FeedWriter> {
  const encoder = feedEncoder(files.format, {
    title: files.title,
    link: files.link,
    updated: host.clock.now(),
  });
  const split = feedParts(encoder, files.parts);
  const open = await openParts(files, key);
  const put = async (pieces: readonly FeedText[]): Promise<void> => {
    for (const { part, text } of pieces) await open[part]?.text.add(text);
  };
  await put(split.begin());
  return {
    async write(listings) {
      host.signal.throwIfAborted();
      for (const { sku, attributes } of listings) {
        const { part, text } = split.item(sku, attributes);
        const full = open[part]?.text.add(text);
        // Waiting for nothing costs a turn of the loop for every listing.
        if (full) await full;
      }
    },
    async commit() {
      host.signal.throwIfAborted();
      await put(split.end());
      let bytes = 0;
      for (const { draft, text } of open) {
        await text.flush();
        bytes += await draft.commit();
      }
      await removeFurther(files);
      const overflow = split.overflow();
      if (overflow !== null) host.log.warn({ ...overflow }, 'the files of the feed are large: split it');
      const items = split.counts().reduce((sum, count) => sum + count, 0);
      return { items, bytes, location: files.file };
    },
    async abort() {
      await Promise.all(open.map(({ draft }) => draft.abort()));
    },
  };
}

async function openParts(files: FeedFiles, key: string): Promise<readonly OpenPart[]> {
  const open: OpenPart[] = [];
  try {
    for (let part = 0; part < files.parts; part++) {
      const draft = await draftFile(partName(files.file, part), key, files.gzip);
      open.push({ draft, text: gatherText((bytes) => draft.write(bytes)) });
    }
  } catch (error) {
    await Promise.all(open.map(({ draft }) => draft.abort()));
    throw error;
  }
  return open;
}

/** Files of a time with twice as many parts would be fetched on, with products that now stand in other files. */
async function removeFurther(files: FeedFiles): Promise<void> {
  for (let part = files.parts; part < files.parts * 2; part++) {
    await rm(partName(files.file, part), { force: true });
  }
}
