import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelOrder } from '../../../connectors/amazon/order-decode.js';
import type { HttpReply, HttpRequest } from '../../../src/channel/http.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { change, listing, openStage, pending, type Stage, testHost } from './support.js';

const MODELS = path.resolve(import.meta.dirname, '../../../../shared/specs/amazon');
const present = existsSync(MODELS);
if (!present) process.stdout.write(`skipped: Amazon's official models, no ${MODELS}\n`);

const FILES = {
  listings: 'listingsItems_2021-08-01.json',
  orders: 'orders_2026-01-01.json',
  ordersV0: 'ordersV0.json',
  sellers: 'sellers.json',
  feeds: 'feeds_2021-06-30.json',
};
type Model = keyof typeof FILES;

/** Which model and definitions judge a call: request body and successful answer. */
const JUDGES: readonly { call: RegExp; model: Model; operation: string; request?: string; reply?: string }[] =
  [
    {
      call: /^PUT .*\/items\//,
      model: 'listings',
      operation: 'putListingsItem',
      request: 'ListingsItemPutRequest',
      reply: 'ListingsItemSubmissionResponse',
    },
    {
      call: /^PATCH .*\/items\//,
      model: 'listings',
      operation: 'patchListingsItem',
      request: 'ListingsItemPatchRequest',
      reply: 'ListingsItemSubmissionResponse',
    },
    {
      call: /^DELETE .*\/items\//,
      model: 'listings',
      operation: 'deleteListingsItem',
      reply: 'ListingsItemSubmissionResponse',
    },
    { call: /^GET .*\/items\/[^/]+\//, model: 'listings', operation: 'getListingsItem', reply: 'Item' },
    {
      call: /^GET .*\/items\/[^/]+$/,
      model: 'listings',
      operation: 'searchListingsItems',
      reply: 'ItemSearchResults',
    },
    {
      call: /^GET .*\/2026-01-01\/orders$/,
      model: 'orders',
      operation: 'searchOrders',
      reply: 'SearchOrdersResponse',
    },
    {
      call: /^GET .*\/2026-01-01\/orders\//,
      model: 'orders',
      operation: 'getOrder',
      reply: 'GetOrderResponse',
    },
    {
      call: /shipmentConfirmation$/,
      model: 'ordersV0',
      operation: 'confirmShipment',
      request: 'ConfirmShipmentRequest',
    },
    {
      call: /\/orders\/[^/]+\/shipment$/,
      model: 'ordersV0',
      operation: 'updateShipmentStatus',
      request: 'UpdateShipmentStatusRequest',
    },
    {
      call: /^POST .*\/2021-06-30\/documents$/,
      model: 'feeds',
      operation: 'createFeedDocument',
      request: 'CreateFeedDocumentSpecification',
      reply: 'CreateFeedDocumentResponse',
    },
    {
      call: /^POST .*\/feeds$/,
      model: 'feeds',
      operation: 'createFeed',
      request: 'CreateFeedSpecification',
      reply: 'CreateFeedResponse',
    },
    { call: /^GET .*\/feeds$/, model: 'feeds', operation: 'getFeeds', reply: 'GetFeedsResponse' },
    { call: /^GET .*\/2021-06-30\/feeds\/[^/]+$/, model: 'feeds', operation: 'getFeed', reply: 'Feed' },
    {
      call: /^GET .*\/2021-06-30\/documents\/[^/]+$/,
      model: 'feeds',
      operation: 'getFeedDocument',
      reply: 'FeedDocument',
    },
    {
      call: /marketplaceParticipations$/,
      model: 'sellers',
      operation: 'getMarketplaceParticipations',
      reply: 'GetMarketplaceParticipationsResponse',
    },
  ];

const models = new Map<Model, JsonObject>();
const checks = new Map<string, ValidateFunction>();

function modelOf(model: Model): JsonObject {
  const read =
    models.get(model) ?? (JSON.parse(readFileSync(path.join(MODELS, FILES[model]), 'utf8')) as JsonObject);
  models.set(model, read);
  return read;
}

function checkOf(model: Model, definition: string): ValidateFunction {
  const known = checks.get(definition);
  if (known) return known;
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  const { definitions } = modelOf(model);
  const check = ajv.compile({ $ref: `#/definitions/${definition}`, definitions });
  checks.set(definition, check);
  return check;
}

function problems(model: Model, definition: string, value: unknown): readonly unknown[] {
  const check = checkOf(model, definition);
  check(value);
  return check.errors ?? [];
}

/** The parameters an operation has, from the model. */
function parametersOf(model: Model, operation: string): readonly JsonObject[] {
  const paths = Object.values(modelOf(model).paths as JsonObject).filter(isJsonObject);
  const operations = paths.flatMap((each) => Object.values(each)).filter(isJsonObject);
  const found = operations.find(({ operationId }) => operationId === operation);
  return (found?.parameters as readonly JsonObject[] | undefined) ?? [];
}

interface Exchange {
  readonly request: HttpRequest;
  readonly reply: HttpReply;
}

describe.skipIf(!present)('against Amazon’s official models', () => {
  let stage: Stage;
  let exchanges: Exchange[] = [];
  beforeEach(async () => {
    stage = await openStage();
    exchanges = [];
  });
  afterEach(() => stage.simulator.stop());

  function recording(): Stage['channel'] {
    const host = testHost();
    const http = {
      async send(request: HttpRequest): Promise<HttpReply> {
        const reply = await host.http.send(request);
        exchanges.push({ request, reply });
        return reply;
      },
    };
    return stage.open({}, { ...host, http });
  }

  it('every call has the parameters and body, and every answer the shape, that the models say', async () => {
    const channel = recording();
    const attributes = await listing(stage.settings);
    const sentAt = new Date().toISOString();
    await channel.check();
    stage.simulator.refuse('C', '18742');
    const { condition_type: _none, ...bad } = attributes;
    await channel.listings?.submit(
      ['A', 'a,b', 'C'].map((sku) => change(sku, attributes)),
      'k1',
    );
    await channel.listings?.submit([change('D', bad), change('A', attributes, 'offer')], 'k2');
    await channel.listings?.settle?.(pending(['A', 'a,b', 'C'], sentAt));
    await channel.listings?.observe?.(null);
    for (let n = 0; n < 101; n++)
      stage.simulator.placeOrder?.({ lines: [{ sku: 'A', quantity: 2, unitPrice: '3.00' }] });
    stage.simulator.placeOrder?.({
      lines: [{ sku: 'A', quantity: 1, unitPrice: '3.00' }],
      status: 'pending',
    });
    const fetched = await stage.command('order', { lines: [{ sku: 'A', unitPrice: '3.00' }], pickup: true });
    await channel.orders?.tell?.(
      [{ kind: 'ready', reference: 'ready', orderExternalId: String(fetched.orderId) }],
      'k0',
    );
    const first = await channel.orders?.pull(null);
    await channel.orders?.pull(first?.cursor ?? null);
    const order = first?.orders.find(({ status }) => status === 'open');
    const line = { lineExternalId: order?.lines[0]?.externalId ?? '', quantity: 1 };
    const notice = {
      orderExternalId: order?.externalId ?? '',
      carrier: 'Sendle',
      trackingNumber: '1',
      shippedAt: sentAt,
    };
    await channel.orders?.ship?.([
      { ...notice, reference: 'x', lines: [line] },
      { ...notice, reference: 'y', lines: [{ ...line, quantity: 9 }] },
    ]);
    await channel.orders?.pull(null);
    await channel.listings?.submit([change('A', {}, 'remove')], 'k3');
    const load = [change('E', attributes), change('F', attributes)];
    const lane = { ...pending(['E', 'F'], sentAt), lane: 'bulk' as const };
    await channel.listings?.settle?.({ ...lane, id: null });
    const feed = await channel.listings?.bulk?.submit(load, 'k4');
    await channel.listings?.settle?.({ ...lane, id: feed?.id ?? null });

    const seen = new Set<string>();
    for (const { request, reply } of exchanges) {
      const { pathname } = new URL(request.url);
      const judge = JUDGES.find(({ call }) => call.test(`${request.method} ${pathname}`));
      if (!judge) {
        expect(pathname).toMatch(/^\/(auth\/o2\/token$|documents\/feeds\/)/);
        continue;
      }
      seen.add(judge.operation);
      const known = parametersOf(judge.model, judge.operation);
      const names = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [name],
      );
      expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
      if (judge.request) expect(problems(judge.model, judge.request, request.body)).toEqual([]);
      if (reply.status === 204) continue;
      const definition = reply.status < 300 ? judge.reply : undefined;
      const body: unknown = JSON.parse(reply.body.toString('utf8'));
      if (definition) expect(problems(judge.model, definition, body)).toEqual([]);
      else expect([400, 404]).toContain(reply.status);
    }
    expect([...seen].sort()).toEqual([...new Set(JUDGES.map(({ operation }) => operation))].sort());
  });

  it('reads every sample order of the model, and tells nobody’s name in the raw order', () => {
    const samples = ordersIn(modelOf('orders'));
    expect(samples.length).toBeGreaterThan(4);
    for (const sample of samples) {
      const order = channelOrder(sample);
      expect(order?.externalId).toBe(sample.orderId);
      expect(order?.lines).toHaveLength((sample.orderItems as readonly JsonValue[]).length);
      expect(order?.raw).not.toHaveProperty('buyer');
      expect(order?.raw).not.toHaveProperty('recipient');
      const name = order?.buyer?.name;
      if (name !== undefined && name !== '') expect(JSON.stringify(order?.raw)).not.toContain(name);
    }
  });
});

/** Orders anywhere in the model's examples and sandbox answers. */
function ordersIn(value: JsonValue | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((entry: JsonValue) => ordersIn(entry));
  if (!isJsonObject(value)) return [];
  if (typeof value.orderId === 'string' && Array.isArray(value.orderItems)) return [value];
  return Object.values(value).flatMap((member) => ordersIn(member));
}
