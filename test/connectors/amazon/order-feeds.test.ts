import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderEnvelope } from '../../../connectors/amazon/order-feeds/order-envelope.js';
import { readProcessingReport } from '../../../connectors/amazon/order-feeds/processing-report.js';
import type { OrderMessage, OrderMessageVerdict } from '../../../src/domain/order-message.js';
import { openStage, type Stage } from './support.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.simulator.stop());

interface Known {
  readonly orderId: string;
  readonly status: string;
  readonly merchantOrderId: string | null;
  readonly refundedCents: Record<string, number>;
  readonly lines: { orderItemId: string; sku: string }[];
}

async function ordersThere(): Promise<Known[]> {
  const reply = await fetch(`${stage.simulator.url}/_sim/state`);
  return ((await reply.json()) as { orders: Known[] }).orders;
}

/** An order with two lines of two units, each 10.00; its id and its line ids. */
async function bought(): Promise<{ id: string; first: string; second: string }> {
  const lines = ['A', 'B'].map((sku) => ({ sku, quantity: 2, unitPrice: '10.00' }));
  const id = stage.simulator.placeOrder?.({ lines }) ?? '';
  const order = (await ordersThere()).find(({ orderId }) => orderId === id);
  return { id, first: order?.lines[0]?.orderItemId ?? '', second: order?.lines[1]?.orderItemId ?? '' };
}

async function told(...messages: OrderMessage[]): Promise<readonly OrderMessageVerdict[]> {
  const port = stage.channel.orders;
  const answer = await port?.tell?.(messages, 'k');
  if (!answer || answer.handle === null) return answer?.verdicts ?? [];
  return [...answer.verdicts, ...((await port?.told?.(answer.handle)) ?? [])];
}

const summed = (verdicts: readonly OrderMessageVerdict[]): unknown =>
  verdicts.map((verdict) => [
    verdict.reference,
    verdict.outcome,
    ...(verdict.outcome === 'rejected' ? verdict.issues.map(({ message }) => message) : []),
  ]);

const usd = (minor: number) => ({ minor, currency: 'USD' });
const shipped = (id: string, line: string) => ({
  orderExternalId: id,
  reference: 'p',
  carrier: 'UPS',
  trackingNumber: '1Z',
  shippedAt: new Date().toISOString(),
  lines: [{ lineExternalId: line, quantity: 2 }],
});

describe('what Amazon is told of an order by feed', () => {
  it('carries the shop’s number of an order', async () => {
    const { id } = await bought();
    const message = {
      kind: 'acknowledge',
      reference: 'acknowledge',
      orderExternalId: id,
      storeId: '#1&<2>',
    } as const;
    expect(summed(await told(message))).toEqual([['acknowledge', 'accepted']]);
    expect(await ordersThere()).toMatchObject([{ merchantOrderId: '#1&<2>' }]);
  });

  it('cancels whole lines, which the next pull shows, and never half of one', async () => {
    const { id, first, second } = await bought();
    const cancel = (reference: string, lines: readonly { lineExternalId: string; quantity: number }[]) =>
      ({
        kind: 'cancel',
        reference,
        orderExternalId: id,
        reason: 'no-stock',
        lines: lines.map((line) => ({ ...line, ordered: 2 })),
      }) as const;
    const half = cancel('half', [{ lineExternalId: first, quantity: 1 }]);
    const whole = cancel('whole', [{ lineExternalId: first, quantity: 2 }]);
    expect(summed(await told(half, whole))).toEqual([
      ['half', 'rejected', 'Amazon cancels whole lines of an order only'],
      ['whole', 'accepted'],
    ]);
    const pulled = async () => (await stage.channel.orders?.pull(null))?.orders[0];
    expect(await pulled()).toMatchObject({
      status: 'open',
      lines: [{ quantityCancelled: 2 }, { quantityCancelled: 0 }],
    });
    await told(cancel('rest', [{ lineExternalId: second, quantity: 2 }]));
    expect(await pulled()).toMatchObject({ status: 'cancelled' });
  });

  it('gives money back line by line once it has left, and tells what Amazon refuses', async () => {
    const { id, first } = await bought();
    const refund = (reference: string, minor: number) =>
      ({
        kind: 'refund',
        reference,
        orderExternalId: id,
        reason: 'returned',
        lines: [{ lineExternalId: first, quantity: 1, item: usd(minor), shipping: usd(0), itemTax: usd(83) }],
      }) as const;
    expect(summed(await told(refund('early', 1_000)))).toEqual([
      ['early', 'rejected', 'Only an order that has shipped can be adjusted.'],
    ]);
    await stage.channel.orders?.ship?.([shipped(id, first)]);
    expect(summed(await told(refund('one', 1_000), refund('much', 900_000)))).toEqual([
      ['one', 'accepted'],
      ['much', 'rejected', 'The adjustment is more than was paid.'],
    ]);
    expect((await ordersThere())[0]?.refundedCents).toEqual({ [first]: 1_083 });
  });

  it('puts each kind into a feed of its own; the other waits for the next call', async () => {
    const { id, first } = await bought();
    const refund = {
      kind: 'refund',
      reference: 'r',
      orderExternalId: id,
      reason: 'other',
      lines: [{ lineExternalId: first, quantity: 0, item: usd(100) }],
    } as const;
    const acknowledge = { kind: 'acknowledge', reference: 'a', orderExternalId: id, storeId: '1' } as const;
    expect(summed(await told(acknowledge, refund))).toEqual([
      ['r', 'retry'],
      ['a', 'accepted'],
    ]);
  });

  it('is repeated when the answer was lost, but a refund is left to a person', async () => {
    const { id, first } = await bought();
    await stage.channel.orders?.ship?.([shipped(id, first)]);
    stage.simulator.faults.add({ kind: 'drop-after', match: 'POST /feeds/2021-06-30/feeds', times: 2 });
    const acknowledge = { kind: 'acknowledge', reference: 'a', orderExternalId: id, storeId: '1' } as const;
    await expect(told(acknowledge)).rejects.toMatchObject({ kind: 'ambiguous', code: 'feed_unknown' });
    const refund = {
      kind: 'refund',
      reference: 'r',
      orderExternalId: id,
      reason: 'other',
      lines: [{ lineExternalId: first, quantity: 0, item: usd(100) }],
    } as const;
    expect(summed(await told(refund))).toEqual([
      ['r', 'rejected', 'It is not known whether Amazon took the refund'],
    ]);
  });

  it('is told again when the feed was cancelled or given up', async () => {
    const { id } = await bought();
    const acknowledge = { kind: 'acknowledge', reference: 'a', orderExternalId: id, storeId: '1' } as const;
    await stage.command('feeds', { processingMs: 60_000 });
    const answer = await stage.channel.orders?.tell?.([acknowledge], 'k');
    const look = () => stage.channel.orders?.told?.(answer?.handle ?? '');
    expect(await look()).toBeNull();
    await stage.command('feeds', { end: 'FATAL' });
    expect(await look()).toMatchObject([{ reference: 'a', orderExternalId: id, outcome: 'retry' }]);
  });
});

describe('a processing report', () => {
  const report = (status: string, results: string): string =>
    `<AmazonEnvelope><Message><MessageID>1</MessageID><ProcessingReport><StatusCode>${status}</StatusCode>${results}</ProcessingReport></Message></AmazonEnvelope>`;
  const result = (id: number, code: string): string =>
    `<Result><MessageID>${id}</MessageID><ResultCode>${code}</ResultCode><ResultMessageCode>00123</ResultMessageCode><ResultDescription>why</ResultDescription></Result>`;

  it('names errors and warnings by message, codes as they are written', () => {
    const read = readProcessingReport(report('Complete', result(2, 'Error') + result(2, 'Warning')));
    expect([...read]).toEqual([
      [
        2,
        [
          { severity: 'error', code: '00123', text: 'why' },
          { severity: 'warning', code: '00123', text: 'why' },
        ],
      ],
    ]);
    expect(readProcessingReport(report('Complete', '')).size).toBe(0);
  });

  it.each([
    ['cut', report('Complete', result(1, 'Error')).slice(0, -20)],
    ['not complete', report('Processing', '')],
    ['something else', '<html><body>Service Unavailable</body></html>'],
  ])('that is %s is not read as success', (_what, text) => {
    expect(() => readProcessingReport(text)).toThrow(
      expect.objectContaining({ code: 'feed_result_unreadable' }),
    );
  });

  it('answers messages numbered in their order', () => {
    const text = orderEnvelope('S', 'OrderAcknowledgement', [
      { AmazonOrderID: 'a' },
      { AmazonOrderID: 'b' },
    ]).toString();
    expect(text).toContain('<MessageID>2</MessageID><OrderAcknowledgement><AmazonOrderID>b</AmazonOrderID>');
  });
});
