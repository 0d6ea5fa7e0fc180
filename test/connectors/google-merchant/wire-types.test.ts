import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { Host, OpenChannel } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type MerchantApi, type TypedCase, typingErrors } from '../../support/published-typings.js';
import { change, command, LISTING, pendingOf, removal, settingsOf, testHost } from './support.js';

/** Calls that carry a body, and what the body is by the discovery documents. */
const BODIES: readonly (readonly [call: RegExp, api: MerchantApi, type: string])[] = [
  [/^POST .*\/productInputs:insert/, 'products_v1', 'ProductInput'],
  [/^PATCH .*\/productInputs\//, 'products_v1', 'ProductInput'],
  [/^(POST|PATCH) .*\/dataSources(\/\d+)?(\?|$)/, 'datasources_v1', 'DataSource'],
  [/^POST .*\/dataSources\/\d+:fetch/, 'datasources_v1', 'FetchDataSourceRequest'],
  [/^POST .*\/reports:search/, 'reports_v1', 'SearchRequest'],
  [/^POST .*:registerGcp/, 'accounts_v1', 'RegisterGcpRequest'],
  [/^POST .*:createTestAccount/, 'accounts_v1', 'Account'],
];

interface Sent {
  readonly call: string;
  readonly body: JsonObject;
}

/** A host that notes every JSON body on its way out, those inside a batch too. */
function notingHost(sent: Sent[]): Host {
  const host = testHost();
  return {
    ...host,
    http: {
      send(request) {
        const { method, url, body } = request;
        const text = Buffer.isBuffer(body) || typeof body === 'string' ? String(body) : '';
        if (url.includes('/batch')) sent.push(...nested(text));
        else if (body !== undefined && text === '')
          sent.push({ call: `${method} ${url}`, body: body as JsonObject });
        return host.http.send(request);
      },
    },
  };
}

/** The JSON bodies of a multipart batch, read by the wire form alone. */
function nested(text: string): readonly Sent[] {
  const parts = text.matchAll(/\r\n\r\n(POST|PATCH) (\S+)[^\r]*\r\n(?:[^\r]+\r\n)*\r\n(\{.*\})\r\n/g);
  return [...parts].map(([, method, address, json]) => ({
    call: `${method} ${address}`,
    body: JSON.parse(json ?? '') as JsonObject,
  }));
}

describe('what goes over the wire', () => {
  let simulator: RunningSimulator;
  let folder: string;
  const sent: Sent[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-wire-'));
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    const api = open();
    await command(simulator, 'register', { registered: false });
    await api.actions?.['register-gcp']?.run({ developerEmail: 'feeds@shop.example' });
    await api.actions?.['create-test-account']?.run({ name: 'Test' });
    await api.check();
    const changes = [
      change('A'),
      change('B', { ...LISTING, custom_attribute: [{ name: 'own', value: 'x' }] }),
    ];
    const first = await api.listings?.submit(changes, 'k');
    if (first !== undefined) await api.listings?.settle?.(pendingOf(changes, first));
    await api.listings?.submit([change('A', LISTING, { action: 'offer', version: 2 }), removal('B')], 'k2');
    await api.listings?.observe?.(null);
    const labelled = open({ supplemental: { name: 'campaigns', attributes: ['custom_label_0'] } });
    await labelled.listings?.submit([change('D', { ...LISTING, custom_label_0: 'x' })], 'k3');
    const files = open({
      delivery: 'file',
      feedPath: path.join(folder, 'feed.xml'),
      feedUrl: 'https://feeds.shop.example/feed.xml',
    });
    const writer = await files.feed?.begin('run-1');
    await writer?.write([{ sku: 'C', attributes: LISTING }]);
    await writer?.commit();
  });
  afterAll(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function open(more: Partial<GoogleSettings> = {}): OpenChannel {
    return googleMerchant.open(settingsOf(simulator, more), notingHost(sent));
  }
  const typeOf = (call: string) => BODIES.find(([pattern]) => pattern.test(call));

  it('carries no body whose type is not known here', () => {
    expect(sent.filter(({ call }) => typeOf(call) === undefined).map(({ call }) => call)).toEqual([]);
    const seen = BODIES.filter(([pattern]) => sent.some(({ call }) => pattern.test(call)));
    process.stdout.write(`bodies on the wire: ${sent.length} of ${seen.length} types\n`);
    expect(seen.map(([, , type]) => type)).toEqual(
      expect.arrayContaining(['ProductInput', 'DataSource', 'RegisterGcpRequest', 'Account']),
    );
  });

  it('is what the published typings say', { timeout: 60_000 }, async () => {
    const byApi = new Map<MerchantApi, TypedCase[]>();
    for (const { call, body } of sent) {
      const [, api, type] = typeOf(call) ?? [];
      if (api === undefined || type === undefined) continue;
      byApi.set(api, [...(byApi.get(api) ?? []), { type, value: body }]);
    }
    expect(byApi.size).toBeGreaterThanOrEqual(3);
    for (const [api, cases] of byApi) expect(await typingErrors(api, cases), api).toEqual([]);
  });
});
