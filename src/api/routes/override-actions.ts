import type { App } from '../../app.js';
import { clearOverride, listOverrides, setOverride } from '../../catalog/overrides.js';
import type { JsonObject } from '../../domain/json.js';
import { noSuch } from '../problem.js';
import { nothing, route } from '../route.js';
import { described, instant, jsonObject, list, nullable, object, oneOf, optional, text } from '../shape.js';

const place = object({ scope: oneOf('product', 'variant'), key: text(200) });
const channel = described(optional(text(63)), 'Of this channel; absent: of all.');

const override = object({
  channel: text(),
  scope: oneOf('product', 'variant'),
  key: text(),
  attributes: jsonObject(),
  exclude: nullable(text()),
  actor: text(),
  at: instant(),
});

/** What people fix by hand, for a product or a variant, on one channel or on all. */
export const overrideRoutes = [
  route({
    method: 'GET',
    path: '/overrides',
    permission: 'catalog:read',
    summary: 'Lists what was fixed by hand.',
    query: object({ channel }),
    answer: object({ items: list(override) }),
    async handle({ app, query }) {
      const all = await listOverrides(app.database, query.channel);
      return {
        items: all.map((one) => ({ ...one, attributes: one.attributes ?? {}, exclude: one.exclude ?? null })),
      };
    },
  }),
  route({
    method: 'PUT',
    path: '/overrides/:scope/:key',
    permission: 'catalog:write',
    summary: 'Fixes attributes by hand, or keeps a product off; what was fixed before is replaced.',
    params: place,
    query: object({ channel }),
    body: object({
      attributes: described(optional(jsonObject()), 'Attributes of the listing; null takes one away.'),
      exclude: described(optional(text(500, { min: 1 })), 'Why it is not listed.'),
    }),
    answer: nothing,
    async handle(call) {
      const { app, params, query, body, now } = call;
      const { attributes, exclude } = body;
      const on = query.channel === undefined ? '*' : app.channel(query.channel).id;
      const wish = {
        ...params,
        channel: on,
        ...(attributes === undefined ? {} : { attributes }),
        ...(exclude === undefined ? {} : { exclude }),
      };
      await setOverride(app.database, wish, { actor: call.caller?.name ?? 'operator', at: now });
      call.note({ object: `${params.scope} ${params.key} on ${on}`, after: afterOf(attributes, exclude) });
      await wakeAll(app);
      return undefined;
    },
  }),
  route({
    method: 'DELETE',
    path: '/overrides/:scope/:key',
    permission: 'catalog:write',
    summary: 'Takes away what was fixed by hand.',
    params: place,
    query: object({ channel }),
    answer: nothing,
    async handle(call) {
      const { app, params, query, now } = call;
      const on = query.channel === undefined ? '*' : app.channel(query.channel).id;
      call.note({ object: `${params.scope} ${params.key} on ${on}` });
      const by = { actor: call.caller?.name ?? 'operator', at: now };
      if (!(await clearOverride(app.database, { ...params, channel: on }, by)))
        throw noSuch('override', params.key);
      await wakeAll(app);
      return undefined;
    },
  }),
];

function afterOf(attributes: JsonObject | undefined, exclude: string | undefined): JsonObject {
  return {
    ...(attributes === undefined ? {} : { attributes }),
    ...(exclude === undefined ? {} : { exclude }),
  };
}

async function wakeAll(app: App): Promise<void> {
  for (const { id } of app.config.channels) await app.queue.wake('reconcile', id);
}
