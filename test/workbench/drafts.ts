import { memory } from '../../connectors/memory/index.js';
import { packageRoot } from '../../src/config/package-root.js';
import { withTexts } from '../../src/mapping/draft-sources.js';
import { folderSources, openMapping } from '../../src/mapping/open-mapping.js';
import { openShare } from '../../src/stock/available.js';
import type { ListingKit } from '../../src/sync/desired.js';
import { buildListingKit } from '../../src/sync/listing-kit.js';

/** All that works out listings of the memory channel with a mapping given as text. */
export async function kitOf(base: ListingKit, text: string): Promise<ListingKit> {
  const { settings, channel } = base;
  const mapping = openMapping({
    packageRoot: packageRoot(),
    folder: packageRoot(),
    channel: { ...channel, params: {}, mapping: '/nowhere/draft.yaml' },
    schema: undefined,
    sources: withTexts(folderSources({ packageRoot: packageRoot(), folder: packageRoot(), channel: {} }), {
      mappings: new Map([['/nowhere/draft.yaml', { file: 'draft.yaml', text }]]),
    }),
  });
  return buildListingKit({ connector: memory, settings, channel, mapping, share: openShare(channel.id) });
}
