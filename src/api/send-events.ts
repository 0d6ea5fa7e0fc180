import type { ServerResponse } from 'node:http';
import { problemOf } from './problem.js';

/** A quiet stream is kept open through proxies by a comment this often. */
const KEEP_ALIVE_MS = 15_000;

/** One server-sent event. */
export interface SentEvent {
  readonly event: string;
  readonly data: unknown;
}

/**
 * Sends events as they come, one message each, and ends when there are no more or nobody listens. A failure is told as an event `problem`.
 * Waits for a reader that is slow.
 */
export async function sendEvents(
  raw: ServerResponse,
  events: AsyncIterable<SentEvent>,
  call: { readonly requestId: string; readonly signal: AbortSignal; failed(error: unknown): void },
): Promise<void> {
  const alive = setInterval(() => raw.write(': still here\n\n'), KEEP_ALIVE_MS);
  try {
    for await (const { event, data } of events) {
      if (call.signal.aborted) break;
      await write(raw, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`, call.signal);
    }
  } catch (error) {
    if (!call.signal.aborted) {
      call.failed(error);
      raw.write(`event: problem\ndata: ${JSON.stringify(problemOf(error, call.requestId))}\n\n`);
    }
  } finally {
    clearInterval(alive);
    raw.end();
  }
}

async function write(raw: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (raw.write(text) || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      raw.off('drain', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    raw.once('drain', go);
    signal.addEventListener('abort', go, { once: true });
  });
}
