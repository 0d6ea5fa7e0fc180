import type { Problem } from '../../api/problem.js';
import { ApiProblem } from './call.js';

/** One event of an answer that streams. */
export interface StreamedEvent {
  readonly event: string;
  readonly data: unknown;
}

/**
 * Posts and yields the events of the answer as they come (`/channels/google-us/check`). Throws ApiProblem for a refusal and for a failure in
 * the middle, which the stream tells as `problem`; TypeError when the server cannot be reached.
 */
export async function* postStream(
  path: string,
  signal: AbortSignal,
  body: unknown = {},
): AsyncGenerator<StreamedEvent, void, void> {
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'text/event-stream, application/problem+json',
      'content-type': 'application/json',
      'x-omnifeed-console': '1',
    },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null)
    throw problemOf(response.status, await response.json().catch(() => ({})));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (text + value).split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const found = eventIn(part);
        if (found?.event === 'problem') throw problemOf(500, found.data);
        if (found) yield found;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function eventIn(text: string): StreamedEvent | null {
  const lines = text.split('\n');
  const of = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const data = of('data');
  return data === undefined ? null : { event: of('event') ?? 'message', data: JSON.parse(data) };
}

function problemOf(status: number, told: unknown): ApiProblem {
  const problem = (typeof told === 'object' && told !== null ? told : {}) as Partial<Problem>;
  return new ApiProblem({
    status: problem.status ?? status,
    code: problem.code ?? `http_${status}`,
    title: problem.title ?? '',
    advice: problem.advice ?? '',
    pointers: problem.pointers ?? [],
    requestId: problem.requestId ?? '',
  });
}
