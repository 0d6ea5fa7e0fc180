import { ApiProblem, problemIn } from './call.js';

/** One event of a streamed answer. */
export interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
}

/**
 * Calls the API for a streamed answer and hands its events on as they come. Throws ApiProblem for an answer that is no success and for
 * a `problem` in the middle, TypeError when the server cannot be reached, and what the signal says when it is aborted.
 */
export async function* callStream(
  path: string,
  body: unknown,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
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
  if (!response.ok || response.body === null) throw new ApiProblem(await problemIn(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    text += value ?? '';
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const told = eventOf(block);
      if (told?.event === 'problem')
        throw new ApiProblem(told.data as ConstructorParameters<typeof ApiProblem>[0]);
      if (told !== null) yield told;
    }
    if (done) return;
  }
}

function eventOf(block: string): StreamEvent | null {
  const lines = block.split('\n');
  const of = (name: string): string =>
    lines
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trimStart())
      .join('\n');
  const data = of('data');
  return data === '' ? null : { event: of('event'), data: JSON.parse(data) };
}

/** Calls the API for a file and lets the browser save it. Throws like `call`. */
export async function download(path: string, body: unknown, name: string): Promise<void> {
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-omnifeed-console': '1' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new ApiProblem(await problemIn(response));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
