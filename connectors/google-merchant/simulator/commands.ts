import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { Backend } from './backend.js';
import { refusalIn } from './refusals.js';

/** What people can tell a lone simulator, by the name behind `POST /_sim/`. */
export function commandsOf(backend: Backend): Record<string, (body: JsonObject) => JsonValue> {
  const { catalog, desk, quota, sources, omitted, accounts, refusals } = backend;
  return {
    refuse: ({ sku, code }) => {
      catalog.refuse(String(sku), String(code ?? 'policy_violation'));
      return { refused: String(sku) };
    },
    tamper: ({ sku, attributes }) => {
      catalog.tamper(String(sku), isJsonObject(attributes) ? attributes : null);
      return { tampered: String(sku) };
    },
    omit: ({ sku }) => {
      omitted.add(String(sku));
      return { omitted: String(sku) };
    },
    quota: ({ perMinute, perDay, group }) => {
      const limits = {
        ...(typeof perMinute === 'number' ? { perMinute } : {}),
        ...(typeof perDay === 'number' ? { perDay } : {}),
      };
      quota.set(limits, typeof group === 'string' ? group : undefined);
      return { set: true };
    },
    'calls-by-group': () => ({ calls: quota.counted() }),
    fail: (body) => {
      refusals.add(refusalIn(body));
      return { added: true };
    },
    expire: ({ afterCalls }) => {
      desk.expire(typeof afterCalls === 'number' ? afterCalls : 0);
      return { expired: true };
    },
    register: ({ registered }) => {
      desk.register(registered !== false);
      return { registered: registered !== false };
    },
    revoke: () => {
      desk.revoke();
      return { revoked: true };
    },
    account: (parts) => {
      accounts.change(parts);
      return { changed: Object.keys(parts) };
    },
    'drop-source': ({ name }) => {
      sources.drop(String(name));
      return { dropped: String(name) };
    },
    propagation: ({ ms }) => {
      sources.propagateIn(Number(ms ?? 0));
      return { set: true };
    },
    stores: () => {
      sources.sellsInStores();
      return { set: true };
    },
    places: ({ stores, regions }) => {
      backend.inventories.know({ ...codesIn('stores', stores), ...codesIn('regions', regions) });
      return { known: true };
    },
    'lfp-merchant': (body) => {
      backend.lfp.change(body);
      return { changed: Object.keys(body) };
    },
    callbacks: ({ from, to, wrapped }) => {
      if (typeof from === 'string' && typeof to === 'string') backend.callbacks.route(from, to);
      if (typeof wrapped === 'boolean') backend.callbacks.wrap(wrapped);
      return { set: true };
    },
    'refuse-promotion': ({ id, code }) => {
      backend.promotions.refuse(String(id), String(code ?? 'promotion_policy'));
      return { refused: String(id) };
    },
    strange: ({ on }) => {
      backend.strange = on !== false;
      return { strange: backend.strange };
    },
  };
}

function codesIn(
  name: 'stores' | 'regions',
  value: JsonValue | undefined,
): { [of in typeof name]?: string[] } {
  return Array.isArray(value) ? { [name]: value.map(String) } : {};
}

/** What `GET /_sim/state` shows. */
export function stateOf({
  catalog,
  quota,
  sources,
  inventories,
  lfp,
  promotions,
  signals,
  callbacks,
}: Backend): JsonObject {
  return {
    listings: Object.fromEntries(catalog.held()),
    products: catalog.list(),
    dataSources: sources.list(),
    inventories: { ...lfp.held(), ...inventories.held() },
    promotions: promotions.list(),
    signals: signals.taken(),
    callbacks: [...callbacks.statuses()],
    calls: quota.counted(),
  };
}
