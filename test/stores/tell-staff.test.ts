import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { httpClient } from '../../src/channel/http.js';
import { smtpPostman } from '../../src/mail/smtp-postman.js';
import { openProblems } from '../../src/problems/problems.js';
import { refreshProblems } from '../../src/problems/standing-problems.js';
import { assignByHand } from '../../src/stores/assign-order.js';
import type { FulfilDesk } from '../../src/stores/fulfil-desk.js';
import { fulfilOrders } from '../../src/stores/fulfil-orders.js';
import { type StaffWays, tellStaff } from '../../src/stores/tell-staff.js';
import { CHANNEL, line, order, takeUnplaced } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type HandClock, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.js';
import { fulfilDesk, location } from './support.js';

const SECRET = 'a-secret-of-the-berlin-store';
const LATER = '2026-11-02T08:00:00.000Z';
const BUYER = { name: 'Ada Example', email: 'ada@buyer.example', phone: '+49 30 1234567' };

interface Call {
  readonly id: string;
  readonly signed: boolean;
  readonly body: { readonly event: string; readonly order: string; readonly lines: readonly object[] };
  readonly text: string;
}

onEachDatabase('telling staff', (open) => {
  let hook: Server;
  let mail: TestSmtpServer;
  let calls: Call[];
  let answers: number[];
  let desk: FulfilDesk & { readonly clock: HandClock };
  let ways: StaffWays;

  beforeEach(async () => {
    calls = [];
    answers = [];
    hook = createServer((request, reply) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers;
        const own = createHmac('sha256', SECRET)
          .update(`${String(id)}.${String(at)}.${text}`)
          .digest('base64');
        calls.push({ id: String(id), signed: signature === `v1,${own}`, body: JSON.parse(text), text });
        reply.writeHead(answers.shift() ?? 204).end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    mail = await smtpServer();
    const { database } = await open();
    const clock = handClock();
    await fillCatalog(database, smallCatalog(), clock);
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/orders`;
    const staff = { emails: ['berlin@shop.example'], webhook: { url, secret: SECRET } };
    desk = fulfilDesk(
      database,
      [
        location('berlin', { staff, code: 'BER-1' }),
        location('hamburg', { priority: 2, staff: { ...staff, emails: [] } }),
      ],
      { clock },
    );
    const postman = smtpPostman({ server: `smtp://127.0.0.1:${mail.port}`, from: 'orders@shop.example' });
    ways = { http: httpClient(new AbortController().signal), postman };
  });
  afterEach(async () => {
    await mail.stop();
    await new Promise((resolve) => hook.close(resolve));
  });

  async function sell(id: string): Promise<void> {
    await takeUnplaced(desk.database, [
      order(id, { buyer: BUYER, lines: [line('1', { quantity: 2, title: 'Linen shirt' })] }),
    ]);
    await fulfilOrders(desk);
  }
  const counts = { due: 0, told: 0, void: 0, postponed: 0 };

  it('of a new order comes by signed call and by letter, once each, and says nothing of the buyer', async () => {
    await sell('A');
    expect(await tellStaff(desk, ways)).toEqual({ ...counts, due: 2, told: 2 });
    expect(await tellStaff(desk, ways)).toEqual(counts);
    expect(calls).toMatchObject([
      {
        id: `${CHANNEL}/A/1/berlin`,
        signed: true,
        body: {
          event: 'order.new',
          channel: CHANNEL,
          order: 'A',
          location: { id: 'berlin', code: 'BER-1' },
          method: 'ship',
          lines: [{ lineId: '1', sku: 'SHIRT-S', title: 'Linen shirt', quantity: 2 }],
        },
      },
    ]);
    expect(mail.letters).toMatchObject([
      { to: ['berlin@shop.example'], headers: { subject: `New order A (${CHANNEL}) for berlin` } },
    ]);
    const [letter] = mail.letters;
    expect(letter?.text).toContain('2 × SHIRT-S, Linen shirt, Blue, S');
    for (const secret of Object.values(BUYER))
      expect(`${calls[0]?.text}${letter?.text}`).not.toContain(secret);
  });

  it('is tried again under the same id until it is taken; meanwhile it is a problem', async () => {
    answers = [500];
    mail.answerInstead('RCPT', '451 later');
    await sell('A');
    expect(await tellStaff(desk, ways)).toEqual({ ...counts, due: 2, postponed: 2 });
    await refreshProblems(desk.database, desk.clock.now());
    const problems = (await openProblems(desk.database)).filter(({ code }) => code === 'staff_not_told');
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(
        'Staff of berlin was not told of 1 orders: mail server 127.0.0.1 did not take a letter (451)',
      ),
      expect.stringContaining('the webhook of berlin answered 500'),
    ]);
    expect(await tellStaff(desk, ways)).toEqual(counts);
    desk.clock.advance(60_000);
    expect(await tellStaff(desk, ways)).toEqual({ ...counts, due: 2, told: 2 });
    expect(calls.map(({ id }) => id)).toEqual([`${CHANNEL}/A/1/berlin`, `${CHANNEL}/A/1/berlin`]);
    desk.clock.advance(1_000);
    await refreshProblems(desk.database, desk.clock.now());
    expect((await openProblems(desk.database)).map(({ code }) => code)).not.toContain('staff_not_told');
  });

  it('goes to the staff of both locations when an order is given to another one', async () => {
    await sell('A');
    await tellStaff(desk, ways);
    const [, hamburg] = desk.locations;
    if (!hamburg) throw new Error('no hamburg');
    await desk.database.transaction((tx) =>
      assignByHand(tx, desk, { externalId: 'A', location: hamburg, by: 'ops' }),
    );
    await tellStaff(desk, ways);
    expect(
      calls
        .map(({ id, body }) => `${body.event} ${id}`)
        .slice(1)
        .sort(),
    ).toEqual([`order.new ${CHANNEL}/A/2/hamburg`, `order.taken-away ${CHANNEL}/A/2/berlin`]);
    expect(mail.letters.at(-1)?.headers.subject).toContain('given to another location');
  });

  it('of a cancellation goes out, and what was not told of the order before goes out no more', async () => {
    await sell('A');
    await takeUnplaced(desk.database, [order('A', { updatedAt: LATER, status: 'cancelled' })]);
    await fulfilOrders(desk);
    expect(await tellStaff(desk, ways)).toEqual({ ...counts, due: 4, told: 2, void: 2 });
    expect(calls.map(({ body }) => body.event)).toEqual(['order.cancelled']);
  });
});
