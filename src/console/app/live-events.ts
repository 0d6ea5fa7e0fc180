import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What the stream says about itself: `live`, or `paused` while it is down. */
export type StreamState = 'connecting' | 'live' | 'paused';

type Heard = (topic: string, facts: unknown) => void;

let source: EventSource | undefined;
let state: StreamState = 'connecting';
const watchers = new Set<() => void>();
const hearers = new Map<string, Set<Heard>>();

function tell(next: StreamState): void {
  state = next;
  for (const watch of watchers) watch();
}

/** Opens the one stream of this page for all topics somebody listens to; again whenever the topics change. */
function open(): void {
  source?.close();
  const topics = [...hearers.keys()].sort();
  if (topics.length === 0) return;
  const opened = new EventSource(`/api/v1/events?topics=${encodeURIComponent(topics.join(','))}`);
  source = opened;
  opened.onopen = () => tell('live');
  opened.onerror = () => tell('paused'); // the browser connects again by itself
  for (const topic of topics) opened.addEventListener(topic, (event) => hear(topic, event));
}

function hear(topic: string, event: MessageEvent<string>): void {
  const facts: unknown = JSON.parse(event.data);
  for (const heard of hearers.get(topic) ?? []) heard(topic, facts);
}

let opening = false;

/** Several parts of a page ask in one turn: one stream is opened for all of them. */
function openSoon(): void {
  if (opening) return;
  opening = true;
  queueMicrotask(() => {
    opening = false;
    open();
  });
}

function listen(topic: string, heard: Heard): () => void {
  const known = hearers.get(topic);
  if (known) known.add(heard);
  else {
    hearers.set(topic, new Set([heard]));
    openSoon();
  }
  return () => {
    const left = hearers.get(topic);
    left?.delete(heard);
    if (left?.size !== 0) return;
    hearers.delete(topic);
    openSoon();
  };
}

/** Whether live updates arrive. */
export function useStreamState(): StreamState {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => state,
  );
}

/** Fetches what a page shows again when a topic speaks, and once after the stream was down. For counters and the page's own object: lists use the refresh pill. */
export function useLiveQuery(topic: string, queryKey: readonly unknown[]): void {
  const client = useQueryClient();
  const key = JSON.stringify(queryKey);
  const stream = useStreamState();
  useEffect(
    () => listen(topic, () => void client.invalidateQueries({ queryKey: JSON.parse(key) })),
    [client, topic, key],
  );
  const wasPaused = useRef(false);
  useEffect(() => {
    if (stream === 'paused') wasPaused.current = true;
    if (stream === 'live' && wasPaused.current)
      void client.invalidateQueries({ queryKey: JSON.parse(key), refetchType: 'active' });
  }, [client, stream, key]);
}
