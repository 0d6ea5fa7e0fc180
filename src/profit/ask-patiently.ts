import { pause } from '../channel/throttle.js';
import { ChannelError } from '../domain/errors.js';

const TRIES = 5;

/** Makes a call that changes nothing, and waits as long as the channel says when it asks us to slow down. Other failures are thrown. */
export async function askPatiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'throttled' || attempt >= TRIES) throw error;
      await pause(error.againInMs ?? 1_000, signal);
    }
  }
}
