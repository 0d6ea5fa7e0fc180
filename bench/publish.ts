import { feedOf, openHouse } from './house.js';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';
import { publishChannel } from './publish-channel.js';

const CHANNEL = 'google-feed';

/** One feed-file channel from a full catalog: read, map, rules, check, record, write, switch. */
export async function program(input: ProgramInput): Promise<ProgramOutcome> {
  const app = await openHouse(input, [CHANNEL]);
  try {
    const { result, ...time } = await timed(() => publishChannel(app, CHANNEL));
    return { ...time, ...result, feeds: [feedOf(input.folder, CHANNEL)] };
  } finally {
    await app.close();
  }
}
