import { importFrom } from '../src/catalog/import-from.js';
import { desireChannel } from '../src/sync/desire.js';
import { openHouse, SHOP } from './house.js';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';
import { publishChannel } from './publish-channel.js';

const CHANNEL = 'google-feed';

/**
 * A day in a shop: the channel is published cold, the next day's file is imported, and what that changed is worked out and
 * recorded. The outcome is that last part; the others are facts beside it.
 */
export async function program(input: ProgramInput): Promise<ProgramOutcome> {
  const app = await openHouse(input, [CHANNEL]);
  try {
    const cold = await timed(() => publishChannel(app, CHANNEL));
    const source = { ...app.source(SHOP), path: input.catalog.nextCsv };
    const imported = await timed(() => importFrom(app, { source, actor: 'bench' }));
    const desk = await app.desk(CHANNEL);
    const { result, ...time } = await timed(() => desireChannel(desk));
    const nothing = await timed(() => desireChannel(desk));
    if (result.mode !== 'changes' || result.changed === 0 || nothing.result.seen > 0)
      throw new Error(`the step saw ${result.seen} (${result.mode}), then ${nothing.result.seen}`);
    const facts = {
      coldMs: Math.round(cold.ms),
      importMs: Math.round(imported.ms),
      changedVariants: input.catalog.changed,
      rowsRead: result.seen,
      recordsChanged: result.changed,
      shareOfCold: Math.round((time.ms / cold.ms) * 1_000) / 1_000,
      nothingChangedMs: Math.round(nothing.ms * 10) / 10,
    };
    return { ...time, items: result.seen, bytes: 0, facts };
  } finally {
    await app.close();
  }
}
