import type { App } from '../src/app.js';
import { reportPurchases } from '../src/conversions/report-purchases.js';
import { clearProblem, raiseProblem } from '../src/problems/problems.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Reports purchases to the channel the buyers came from. Key: channel. */
export function reportPurchasesOf(app: App): JobHandler {
  return async (channel, signal) => {
    const { conversions: port } = app.open(channel);
    if (!port) return;
    const { database, clock } = app;
    const desk = { channel, port, database, clock, sealer: await app.sealer(), random: Math.random };
    const { failure, ...tally } = await reportPurchases(desk, signal);
    if (tally.due > 0) app.log.info({ channel, ...tally }, 'purchases reported');
    const key = `channel:${channel}:purchases`;
    if (failure?.kind !== 'auth-lost') return clearProblem(database, key);
    const { code, message, advice } = failure;
    await raiseProblem(database, { key, channel, severity: 'error', code, message, advice }, clock.now());
  };
}
