import type { App } from '../app.js';
import type { OpenChannel } from '../channel/connector.js';
import { ChannelError, OperatorError } from '../domain/errors.js';
import { storedPart } from '../setup/stored-parts.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { noSuch, Refusal } from './problem.js';
import { refuseMistakes } from './setup-view.js';

/** One thing a check found. */
interface Finding {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  readonly advice: string | null;
}

/** What the channel answers when it is asked for the first time. A call that fails is a finding too. Throws a Refusal for a draft that is not complete. */
export async function* checkFindings(app: App, id: string): AsyncIterable<Finding> {
  try {
    const open = await openedSetup(app, id);
    let ok = true;
    for (const { severity, code, message, advice } of await open.check()) {
      ok = ok && severity !== 'error';
      yield { severity, code, message, advice: advice ?? null };
    }
    if (!ok) return;
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof ChannelError || error instanceof OperatorError))
      throw error;
    yield { severity: 'error', code: error.code, message: error.message, advice: error.advice };
    return;
  }
  yield { severity: 'info', code: 'signed_in', message: 'The channel answered, and knows us.', advice: null };
}

/** A desk for the listings of a channel, in use or still a draft. Throws like `openedSetup`, and `lists_nothing` for a shop. */
export async function deskOfSetup(app: App, id: string): Promise<ChannelDesk> {
  const part = await storedPart(app.database, 'channels', id);
  if (part === null || app.config.channels.some((channel) => channel.id === id)) return app.desk(id);
  const { mistakes, channel } = await app.tryPart(part);
  refuseMistakes(mistakes, part);
  if (channel === null) throw noSuch('channel', id);
  return channel.desk();
}

/** The ports of a channel, in use or still a draft. Throws a Refusal for a draft that is not complete, and `unknown_channel`. */
export async function openedSetup(app: App, id: string): Promise<OpenChannel> {
  const part = await storedPart(app.database, 'channels', id);
  if (part === null || app.config.channels.some((channel) => channel.id === id)) return app.open(id);
  const { mistakes, channel } = await app.tryPart(part);
  refuseMistakes(mistakes, part);
  if (channel === null) throw noSuch('channel', id);
  return channel.open;
}
