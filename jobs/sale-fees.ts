import type { App } from '../src/app.js';
import { readFeeFile } from '../src/profit/fee-file.js';
import { bookSaleFees } from '../src/profit/sale-fees.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Writes down what one channel takes for what was sold there lately, as far as it is known. Key: channel. */
export function saleFees(app: App): JobHandler {
  return async (channel, signal) => {
    const { profit, currency, zone } = app.channel(channel);
    if (profit === null || !app.open(channel).orders) return;
    const schedule = profit.fees === null ? null : await readFeeFile(profit.fees, currency);
    const { database, clock } = app;
    const booked = await bookSaleFees({ database, clock, channel, zone, schedule }, signal);
    if (booked.booked > 0) app.log.info({ channel, ...booked }, 'fees of sales written down');
  };
}
