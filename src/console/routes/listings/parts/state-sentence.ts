import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import type { StateFacts } from '../queries.js';

/** Why a listing is in its state, in one sentence: the channel is named, instants are the reader's own time. */
export function stateSentence({ word, since, until, code, reason }: StateFacts, channel: string): string {
  const at = since === null ? null : moment(since);
  const next = until === null ? null : moment(until);
  switch (word) {
    case 'live':
      return at === null ? say('why.live', { channel }) : say('why.live_since', { channel, at });
    case 'due':
      if (next === null) return say('why.due');
      return code === null ? say('why.due_at', { next }) : say('why.due_again', { next, code });
    case 'sent':
      return say('why.sent', { channel, at: at ?? '—' });
    case 'blocked':
      return say('why.blocked', { channel });
    case 'rejected':
      return say('why.rejected', { channel, at: at ?? '—' });
    case 'held':
    case 'held-leaving':
      return say('why.held', { reason: reason ?? '—' });
    case 'foreign':
      return say('why.foreign', { channel });
    case 'excluded':
      return say('why.excluded', { reason: reason ?? '—' });
    case 'removed':
      return say('why.removed', { channel, at: at ?? '—' });
    case 'removing':
    case 'leaving':
      return say('why.removing', { channel, reason: reason ?? '—' });
    case 'gone':
      return say('why.gone', { channel });
  }
}
