import type { ChannelDesk } from './channel-desk.js';

/** How long the report of a document is waited for before the document is written again and a person is told, in milliseconds. */
export function documentPatienceMs({ open, kit }: ChannelDesk): number {
  return open.feed?.patienceMs ?? kit.connector.limits.patienceMs;
}
