import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.js';
import type { Connector } from '../../src/channel/connector.js';
import { systemClock } from '../../src/clock.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { silentLog } from '../support/silent-log.js';

/** Settings that must be there: by themselves, or as one way of several. */
function needed(schema: JsonObject): readonly (readonly string[])[] {
  const lists = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const ways = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isJsonObject) : [];
  return [
    ...lists(schema.required).map((name) => [name]),
    ...(ways.length === 0 ? [] : [ways.flatMap((way) => lists(way.required))]),
  ];
}

/** The names of the connector's actions, asked of its simulator where there is one. */
async function actionsOf(connector: Connector): Promise<readonly string[]> {
  const simulator = await (await connector.simulator?.())?.start({ port: 0, processingMs: 0 });
  const market = { country: 'US', language: 'en', currency: 'USD', zone: 'UTC' };
  const settings = simulator?.settings ?? {
    url: 'http://127.0.0.1:1/admin-api',
    username: 'a',
    password: 'b',
    folder: '/tmp',
  };
  const open = connector.open(settings, {
    channel: { id: 'c', connector: connector.id, ...market },
    http: { request: () => Promise.reject(new Error('not called')) } as never,
    clock: systemClock,
    log: silentLog,
    signal: new AbortController().signal,
    bucket: () => ({}) as never,
  });
  await simulator?.stop();
  return Object.keys(open.actions ?? {});
}

describe.each(connectors.filter(({ guide }) => guide !== undefined))('the guide of $id', (connector) => {
  const { guide, settingsSchema } = connector;
  const steps = guide?.steps ?? [];
  const asked = steps.flatMap(({ fields }) => fields);
  const properties = isJsonObject(settingsSchema.properties) ? settingsSchema.properties : {};

  it('asks for settings there are, each once, and for everything that must be there', () => {
    expect(asked.filter((name) => properties[name] === undefined)).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
    for (const ways of needed(settingsSchema)) expect(asked.some((name) => ways.includes(name))).toBe(true);
    // Google's key is one of two ways, which its schema says with a condition.
    if (connector.id === 'google-merchant') expect(asked).toContain('serviceAccountKey');
  });

  it('has steps with names of their own, and says when somebody last read the place they name', () => {
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
    for (const { id, says, where } of steps) {
      expect(id).toMatch(/^[a-z][a-z-]*$/);
      expect(says.length).toBeGreaterThan(0);
      if (where !== null) expect(where.verified).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
    }
    expect(steps.some(({ check }) => check)).toBe(true);
  });

  it('names actions the channel has', async () => {
    const named = steps.flatMap(({ action, shows }) => [action, shows]).filter((name) => name !== undefined);
    if (named.length === 0) return;
    expect(await actionsOf(connector)).toEqual(expect.arrayContaining(named));
  });
});
