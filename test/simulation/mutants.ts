/** A bug on purpose: one place of the built house, changed while it is loaded. The simulation must find each. */
export interface Mutant {
  readonly name: string;
  /** Which guard is gone. */
  readonly what: string;
  /** The module below `dist/src`. */
  readonly module: string;
  /** Text that occurs there exactly once, and what stands there instead. */
  readonly find: string;
  readonly put: string;
}

/** Bugs that connectors of this kind were shipped with, by us in drafts or by others. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'no-fence',
    what: 'a receipt counts whatever was sent since',
    module: 'sync/apply.js',
    find: 'amendRecords(tx, target, (record) => record.submission === id',
    put: 'amendRecords(tx, target, (record) => true',
  },
  {
    name: 'no-quiet',
    what: 'newer values follow a lost answer at once',
    module: 'sync/receipts.js',
    find: 'quiet_until: quiet > 0 ?',
    put: 'quiet_until: false ?',
  },
  {
    name: 'no-patience',
    what: 'a change the channel forgot is waited for, for ever',
    module: 'sync/step.js',
    find: 'if (inFlight && record.patience_until !== null && record.patience_until > now) {',
    put: 'if (inFlight) {',
  },
  {
    name: 'place-without-search',
    what: 'an order whose placing may have worked is placed again without looking twice',
    module: 'orders/place.js',
    find: "const unsure = link.state === 'placing' && link.misses === 0 && draft === null;",
    put: 'const unsure = false;',
  },
  {
    name: 'lost-answer-is-no',
    what: 'a placing without an answer counts as not done',
    module: 'orders/place.js',
    find: "unknown: error.kind === 'ambiguous' });",
    put: 'unknown: false });',
  },
  {
    name: 'cursor-before-rows',
    what: 'the cursor of orders is written before the orders',
    module: 'orders/pull.js',
    find: 'return desk.database.transaction(async (tx) => {',
    put: 'await writeChannelState(desk.database, desk.channel, { order_cursor: page.cursor }); return desk.database.transaction(async (tx) => {',
  },
  {
    name: 'last-reading-wins',
    what: 'an older reading of an order overwrites a newer one',
    module: 'orders/store-orders.js',
    find: 'if (supersedes(order, known))',
    put: 'if (true)',
  },
  {
    name: 'release-when-placed',
    what: 'units are let go before the shop counted the order',
    module: 'orders/release-reservations.js',
    find: 'AND NOT EXISTS (SELECT 1 FROM reservation x JOIN',
    put: 'AND NOT EXISTS (SELECT 1 FROM reservation x JOIN variant never ON 1 = 0 JOIN',
  },
  {
    name: 'raise-without-orders',
    what: 'strict units move before every order of the first channel is known',
    module: 'sync/strict-closings.js',
    find: 'return known.ordersAt >= plusMs(record.verdict_at, known.lagMs);',
    put: 'return true;',
  },
  {
    name: 'price-guard-open',
    what: 'any price is sent',
    module: 'sync/guard.js',
    find: 'if (change < -limits.priceFall || change > limits.priceRise) {',
    put: 'if (false) {',
  },
  {
    name: 'import-guard-open',
    what: 'a file with a tenth of the rows ends the others',
    module: 'catalog/import.js',
    find: 'if (reasons.length === 0)',
    put: 'if (true)',
  },
  {
    name: 'leases-for-ever',
    what: 'the keys of a dead worker stay its own',
    module: 'queue/wake-rows.js',
    find: 'const lost = leased.filter((row) => row.lease_until < now || sweep.gone(row.lease));',
    put: 'const lost = [];',
  },
  {
    name: 'unknown-sku-stays',
    what: 'an order waits for ever for a SKU that came meanwhile',
    module: 'orders/place.js',
    find: 'await healWaiting(desk.database, context);',
    put: '',
  },
  {
    name: 'drift-unseen',
    what: 'what somebody changed at the channel is taken for ours',
    module: 'sync/observe.js',
    find: 'const differs = asSent &&',
    put: 'const differs = false &&',
  },
  {
    name: 'calls-without-credentials',
    what: 'a channel whose credentials are gone is called on and on',
    module: 'sync/open-desk.js',
    find: 'await pauseChannel(parts.database, channel, {',
    put: 'await Promise.resolve(channel, {',
  },
];
