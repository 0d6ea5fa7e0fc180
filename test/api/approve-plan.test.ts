import { afterEach, beforeEach, expect, it } from 'vitest';
import { reconcile } from '../../jobs/reconcile.js';
import { knownConnectors } from '../../src/app.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { refreshProblems } from '../../src/problems/standing-problems.js';
import { desireChannel } from '../../src/sync/desire.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ServedHouse, serveHouse } from '../support/served-house.js';

let simulator: RunningSimulator;
let house: ServedHouse;
beforeEach(async () => {
  const module = await knownConnectors().get('meta').simulator?.();
  if (!module) throw new Error('Meta has a simulator');
  simulator = await module.start({ port: 0, processingMs: 0 });
  const channel = { connector: 'meta', ...simulator.market, settings: simulator.settings };
  house = await serveHouse(`channels: { meta-us: ${JSON.stringify(channel)} }\n`);
});
afterEach(async () => {
  await house.close();
  await simulator.stop();
});

it('a plan that is approved goes out although its changes would gather for the window of the channel', async () => {
  const { app, clock } = house;
  await fillCatalog(app.database, smallCatalog(), clock);
  const desk = await app.desk('meta-us');
  // Meta answers later than it takes.
  for (let round = 1; round <= 10; round++) {
    clock.move(60_000);
    await syncUntilSettled(desk, { atOnce: true, deadlineMs: 0 });
  }
  expect(JSON.stringify(simulator.held().get('00012345'))).toContain('49.5');
  await setPrices(app.database, [{ sku: '00012345', price: { minor: 495, currency: 'USD' } }], {
    actor: 'operator:test',
    at: clock.now(),
  });
  await desireChannel(desk);

  const plan = await (await house.visitor('viewer')).call('GET', '/plans/meta-us');
  expect(plan.body).toMatchObject({ planned: 1, held: 1, sends: 0 });
  const approver = await house.visitor('approver');
  const { checksum } = plan.body;
  expect(plan.body.groups).toMatchObject([{ attribute: 'price', by: { kind: 'default' }, count: 1 }]);
  const decide = (how: string, body: object) => approver.call('POST', `/plans/meta-us/${how}`, body);
  expect((await decide('approve', { checksum, count: 2 })).body.code).toBe('plan_moved');
  expect((await decide('reject', { checksum: 'another-checksum' })).body.code).toBe('plan_moved');
  await refreshProblems(app.database, clock.now());
  expect((await decide('reject', { checksum, note: 'a digit is missing' })).status).toBe(204);
  expect((await approver.call('GET', '/plans/meta-us')).body.rejected).toMatchObject({ by: 'A approver' });
  const open = (await approver.call('GET', '/problems')).body.groups.map(
    ({ code }: { code: string }) => code,
  );
  expect(open).not.toContain('changes_held');
  await reconcile(app)('meta-us', new AbortController().signal);
  expect(JSON.stringify(simulator.held().get('00012345'))).toContain('49.5');
  expect((await decide('approve', { checksum, count: 1 })).status).toBe(204);
  await reconcile(app)('meta-us', new AbortController().signal);
  expect(JSON.stringify(simulator.held().get('00012345'))).toContain('4.95');
});
