import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { listen } from './exchange.js';
import type { Verdict } from './judge.js';

const judge = inject('judge');
const STORE = 'marketplaceIds=ATVPDKIKX0DER';
const ITEM = `/listings/2021-08-01/items/SELLER/SKU-1?${STORE}`;
const ACCEPTED = { sku: 'SKU-1', status: 'ACCEPTED', submissionId: 'f1', issues: [] };

describe.skipIf(judge === null)('the judge between client and simulator', () => {
  let channel: Server;
  let door: string;
  let answer: unknown;
  beforeEach(async () => {
    answer = ACCEPTED;
    channel = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    });
    const upstream = encodeURIComponent(await listen(channel));
    ({ door } = await ask<{ door: string }>(`${judge}/open?upstream=${upstream}`));
  });
  afterEach(() => channel.close());

  const send = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(door + path, {
      method,
      headers: { 'content-type': 'application/json', 'x-amz-access-token': 'token' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const verdict = (): Promise<Verdict> => ask(`${judge}/close?door=${encodeURIComponent(door)}`);

  it('lets a call and an answer that follow the model pass unchanged', async () => {
    const reply = await send('PUT', ITEM, { productType: 'SHIRT', attributes: {} });
    expect(await reply.json()).toEqual(ACCEPTED);
    expect(await verdict()).toEqual({ calls: 1, violations: [] });
  });

  it.each([
    ['a body without a required member', 'PUT', ITEM, { attributes: {} }, 'productType'],
    [
      'a word that is not in an enumeration',
      'PUT',
      `${ITEM}&mode=TRY`,
      { productType: 'A', attributes: {} },
      'mode',
    ],
    [
      'a call without a required parameter',
      'DELETE',
      '/listings/2021-08-01/items/SELLER/SKU-1',
      undefined,
      'marketplaceids',
    ],
    ['an operation that no model has', 'GET', '/orders/v1/orders', undefined, 'NO_PATH_MATCHED'],
  ])('names %s', async (_what, method, path, body, named) => {
    await send(method, path, body);
    expect((await verdict()).violations).toEqual([expect.stringContaining(named)]);
  });

  it('names an answer of the simulator that the model does not know', async () => {
    answer = { ...ACCEPTED, status: 'TAKEN' };
    await send('PUT', ITEM, { productType: 'SHIRT', attributes: {} });
    expect((await verdict()).violations).toEqual([expect.stringContaining('status')]);
  });
});

async function ask<Answer>(url: string): Promise<Answer> {
  return (await (await fetch(url, { method: 'POST' })).json()) as Answer;
}
