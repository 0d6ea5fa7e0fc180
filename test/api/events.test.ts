import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProblems, raiseProblem } from '../../src/problems/problems.js';
import { snoozeProblems } from '../../src/problems/snooze.js';
import { type ServedHouse, serveHouse } from '../support/served-house.js';

describe('live events', () => {
  let house: ServedHouse;
  beforeEach(async () => {
    house = await serveHouse();
  });
  afterEach(() => house.close());

  it('tell of a topic that changed in the database, whoever changed it, and of no other', async () => {
    const { headers } = await house.visitor('viewer');
    const leaving = new AbortController();
    const reply = await fetch(`${house.url}/api/v1/events?topics=problems,catalog`, {
      headers,
      signal: leaving.signal,
    });
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    const reader = (reply.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream())
      .getReader();
    expect((await reader.read()).value).toContain('event: ready');
    const problem = {
      key: 'k',
      channel: null,
      severity: 'error',
      code: 'c',
      message: 'm',
      advice: 'a',
    } as const;
    await raiseProblem(house.app.database, problem, house.clock.now());
    expect((await reader.read()).value).toBe('event: problems\ndata: {"topic":"problems"}\n\n');
    const [open] = await openProblems(house.app.database);
    const snooze = { until: null, note: '', by: 'Ann', at: house.clock.now() };
    if (open) await house.app.database.transaction((tx) => snoozeProblems(tx, [open], snooze));
    expect((await reader.read()).value).toBe('event: problems\ndata: {"topic":"problems"}\n\n');
    leaving.abort();
    const { status } = await fetch(`${house.url}/api/v1/events?topics=weather`, { headers });
    expect(status).toBe(400);
  });
});
