import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Asked,
  type SellingPartnerClient,
  sellingPartnerClient,
} from '../../../connectors/amazon/client.js';
import { type Operation, USED_OPERATIONS } from '../../../connectors/amazon/models/used-operations.js';
import type { TokenBucket } from '../../../src/channel/throttle.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonValue } from '../../../src/domain/json.js';
import { type Sandbox, startSandbox } from './sandbox/server.js';
import { type StaticCase, staticCases } from './sandbox/static-cases.js';
import { testHost } from './support.js';

const MODELS = path.resolve(import.meta.dirname, '../../../../shared/specs/amazon');
const present = existsSync(MODELS);
if (!present) process.stdout.write(`skipped: Amazon's static sandbox, no ${MODELS}\n`);

const ALL = present ? staticCases(MODELS) : [];
const OURS = ALL.filter(({ model, operation }) =>
  USED_OPERATIONS.some(
    (used) => used.model === model && (used.operations as readonly string[]).includes(operation),
  ),
);

/** Parameters some cases leave open although the address needs them. */
const ANY: Readonly<Record<string, string>> = {
  sku: 'ANY-SKU',
  productType: 'LUGGAGE',
  orderId: '902-0000000-0000000',
  feedId: 'any',
  feedDocumentId: 'any',
  notificationType: 'ORDER_CHANGE',
};

/** The canned exchange as a call of our client. */
function askedOf({ places, parameters, path: template }: StaticCase): Asked<Operation> {
  const pathNames = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inPath = Object.fromEntries(
    pathNames.flatMap((name) => {
      const value = parameters[name] ?? ANY[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
  const query = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => places[name] === 'query'),
  ) as Asked<Operation>['query'];
  const body = parameters.body as Asked<Operation>['body'];
  return { path: inPath, ...(query === undefined ? {} : { query }), ...(body === undefined ? {} : { body }) };
}

describe.runIf(present)('Amazon’s static sandbox', () => {
  let sandbox: Sandbox;
  let client: SellingPartnerClient;
  beforeAll(async () => {
    sandbox = await startSandbox(ALL);
    // The sandbox keeps no quota, so the client must not wait for one either.
    const unhurried: TokenBucket = {
      take: () => Promise.resolve(),
      learn: () => undefined,
      slow: () => undefined,
      park: () => undefined,
      restMs: () => 0,
      waitMs: () => 0,
    };
    client = sellingPartnerClient(
      {
        sellerId: 'A1SELLER',
        marketplaceId: 'ATVPDKIKX0DER',
        clientId: 'c',
        clientSecret: 's',
        refreshToken: 'r',
        endpoint: sandbox.url,
        tokenEndpoint: `${sandbox.url}/auth/o2/token`,
      },
      { ...testHost(), bucket: () => unhurried },
    );
  });
  afterAll(() => sandbox.close());

  it('has the 171 cases the models hold', () => {
    expect(ALL).toHaveLength(171);
  });

  for (const [place, each] of OURS.entries()) {
    it(`case ${place + 1}: ${each.operation} answers ${each.status} for ${JSON.stringify(each.parameters).slice(0, 80)}`, async () => {
      const answer = await client.call(each.operation as Operation, askedOf(each)).then(
        ({ body }): { body: JsonValue | undefined } => ({ body: body as JsonValue }),
        (error: unknown) => error,
      );
      if (each.status < 300) expect(answer).toEqual({ body: each.response ?? {} });
      else {
        expect(answer).toBeInstanceOf(ChannelError);
        expect(answer).toMatchObject({ kind: 'refused' });
      }
      expect(sandbox.answered.has(each)).toBe(true);
    });
  }

  it('stops a connection whose token was revoked, and one whose secret is wrong', async () => {
    const settings = {
      sellerId: 'A1SELLER',
      marketplaceId: 'ATVPDKIKX0DER',
      clientId: 'c',
      endpoint: sandbox.url,
      tokenEndpoint: `${sandbox.url}/auth/o2/token`,
    };
    const failureOf = (changes: { clientSecret: string; refreshToken: string }) =>
      sellingPartnerClient({ ...settings, ...changes }, testHost())
        .call('getMarketplaceParticipations', {})
        .catch((error: unknown) => error);
    expect(await failureOf({ clientSecret: 's', refreshToken: 'revoked' })).toMatchObject({
      kind: 'auth-lost',
    });
    expect(await failureOf({ clientSecret: 'wrong', refreshToken: 'r' })).toMatchObject({
      kind: 'auth-lost',
    });
  });
});
