import { afterAll, expect, inject } from 'vitest';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import type { Verdict } from './judge.js';

const doors: string[] = [];

/**
 * The same simulator, reached through the judge: what is sent to `settings.endpoint` and what comes back is measured by the
 * channel's official models, and one violation fails the test file. Without a judge: the simulator itself.
 */
export async function judged(simulator: RunningSimulator): Promise<RunningSimulator> {
  const judge = inject('judge');
  if (judge === null || simulator.settings.endpoint !== simulator.url) return simulator;
  const { door } = await ask<{ door: string }>(`${judge}/open?upstream=${encodeURIComponent(simulator.url)}`);
  doors.push(door);
  return { ...simulator, settings: { ...simulator.settings, endpoint: door } };
}

afterAll(async () => {
  const judge = inject('judge');
  const open = doors.splice(0);
  const verdicts = await Promise.all(
    open.map((door) => ask<Verdict>(`${judge}/close?door=${encodeURIComponent(door)}`)),
  );
  expect(verdicts.flatMap(({ violations }) => violations)).toEqual([]);
});

async function ask<Answer>(url: string): Promise<Answer> {
  const reply = await fetch(url, { method: 'POST' });
  if (!reply.ok) throw new Error(`the judge answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as Answer;
}
