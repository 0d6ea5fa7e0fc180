import { queryOptions } from '@tanstack/react-query';
import type { Channel, ChannelRow, Connectors } from '../../api/shapes/channels.js';
import type { Draft, Setup } from '../../api/shapes/setup.js';
import { call, pathOf } from './call.js';
import type { JsonObject } from './json.js';
import { onceKey } from './once-key.js';

/** A connector as wizards need it: its settings, and how a person connects it. */
export type ConnectorRow = Connectors['connectors'][number];
/** How a person connects a channel. */
export type Guide = NonNullable<ConnectorRow['guide']>;
/** One step of it. */
export type GuideStep = Guide['steps'][number];

/** What can be connected. */
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  staleTime: Number.POSITIVE_INFINITY, // it comes with the program
  queryFn: ({ signal }) => call<Connectors>('GET', '/connectors', { signal }),
});

/** Channels and shops in use. */
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => call<{ channels: readonly ChannelRow[] }>('GET', '/channels', { signal }),
});

/** Channels somebody began to connect. */
export const draftsQuery = queryOptions({
  queryKey: ['channels', 'drafts'],
  queryFn: ({ signal }) => call<{ drafts: readonly Draft[] }>('GET', '/drafts', { signal }),
});

/** One channel in use. */
export function channelQuery(channel: string) {
  return queryOptions({
    queryKey: ['channels', channel],
    queryFn: ({ signal }) => call<Channel>('GET', pathOf('/channels', channel), { signal }),
  });
}

/** How a channel is set up, in use or still a draft. */
export function setupQuery(channel: string) {
  return queryOptions({
    queryKey: ['channels', channel, 'setup'],
    queryFn: ({ signal }) => call<Setup>('GET', `${pathOf('/channels', channel)}/setup`, { signal }),
  });
}

/** Begins to connect a channel. */
export function beginChannel(body: {
  readonly id: string;
  readonly connector: string;
  readonly values: JsonObject;
  readonly practice?: boolean;
}): Promise<Setup> {
  return call<Setup>('POST', '/channels', { body, idempotencyKey: onceKey() });
}

/** Changes how a channel is set up: a merge patch. */
export function changeSetup(
  channel: string,
  body: { readonly revision: number; readonly values?: JsonObject; readonly step?: string | null },
): Promise<Setup> {
  return call<Setup>('PATCH', `${pathOf('/channels', channel)}/setup`, { body, idempotencyKey: onceKey() });
}

/** Takes a draft into use. */
export function startChannel(channel: string): Promise<Setup> {
  return call<Setup>('POST', `${pathOf('/channels', channel)}/start`, { idempotencyKey: onceKey() });
}

/** How much goes out to a channel. */
export type Sends = ChannelRow['sends']['to'];

/** Says how much goes out: nothing, the first few listings, everything. */
export function setSends(channel: string, sends: Sends): Promise<void> {
  return call<void>('PUT', `${pathOf('/channels', channel)}/sends`, { body: { sends } });
}

/** A name for a channel of this connector that no other has: `google-us`, `google-us-2`. */
export function freeName(connector: string, country: string, taken: readonly string[]): string {
  const base = `${connector.split('-')[0] ?? connector}-${country.toLowerCase()}`;
  const names = [base, ...Array.from({ length: 50 }, (_one, n) => `${base}-${n + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? base;
}
