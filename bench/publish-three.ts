import { feedOf, openHouse } from './house.js';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';
import { publishChannel } from './publish-channel.js';

const CHANNELS = ['feed-one', 'feed-two', 'feed-three'];

/** Three feed-file channels from a full catalog, one after the other in one process; the rate is per listing. */
export async function program(input: ProgramInput): Promise<ProgramOutcome> {
  const app = await openHouse(input, CHANNELS);
  try {
    const { result: published, ...time } = await timed(async () => {
      const made: { readonly items: number; readonly bytes: number }[] = [];
      for (const channel of CHANNELS) made.push(await publishChannel(app, channel));
      return made;
    });
    const sum = (of: 'items' | 'bytes'): number => published.reduce((total, one) => total + one[of], 0);
    const feeds = CHANNELS.map((channel) => feedOf(input.folder, channel));
    return { ...time, items: sum('items'), bytes: sum('bytes'), feeds };
  } finally {
    await app.close();
  }
}
