import { pingHook } from '../../hooks/deliver.js';
import { listDeliveries, replayOne, replaySince } from '../../hooks/deliveries.js';
import { EVENT_KINDS, saysOfEvent } from '../../hooks/event-kinds.js';
import { addWebhook, allWebhooks, changeWebhook, removeWebhook, rotateSecret } from '../../hooks/webhooks.js';
import { cursorOf, pageOf, paging, readCursor } from '../paging.js';
import { nothing, route } from '../route.js';
import { instant, integer, object, oneOf, optional, text } from '../shape.js';
import {
  delivery,
  madeWebhook,
  newSecret,
  newWebhook,
  pinged,
  webhook,
  webhookChange,
  webhooks,
} from '../shapes/webhooks.js';

const params = object({ id: text(60) });

/** Addresses outside that are told what happens here. */
export const webhookRoutes = [
  route({
    method: 'GET',
    path: '/webhooks',
    permission: 'settings:read',
    summary: 'Lists webhooks without their secrets, and every kind of event they can be told.',
    answer: webhooks,
    handle: async ({ app }) => ({
      items: await allWebhooks(app.database),
      kinds: EVENT_KINDS.map((kind) => ({ kind, says: saysOfEvent(kind) })),
    }),
  }),
  route({
    method: 'POST',
    path: '/webhooks',
    permission: 'settings:write',
    summary:
      'Adds a webhook; its secret is shown this once. Messages are signed as Standard Webhooks 1.0 says.',
    body: newWebhook,
    answer: madeWebhook,
    status: 201,
    shownOnce: true,
    async handle(call) {
      const { app, body, caller, now } = call;
      const by = { by: caller?.name ?? '', now, sealer: await app.sealer() };
      const made = await app.database.transaction((tx) => addWebhook(tx, body, by));
      await app.queue.wake('hooks', '*');
      const { id, url, events } = made.webhook;
      call.note({ object: `webhook ${id}`, after: { url, events } });
      return made;
    },
  }),
  route({
    method: 'PATCH',
    path: '/webhooks/:id',
    permission: 'settings:write',
    summary:
      'Changes address or kinds of a webhook, or lets it stand still: what happens meanwhile is not told.',
    params,
    body: webhookChange,
    answer: webhook,
    async handle(call) {
      const { app, params: at, body } = call;
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const changed = await app.database.transaction((tx) => changeWebhook(tx, at.id, given));
      await app.queue.wake('hooks', '*');
      const { url, events, active } = changed;
      call.note({ object: `webhook ${at.id}`, after: { url, events, active } });
      return changed;
    },
  }),
  route({
    method: 'DELETE',
    path: '/webhooks/:id',
    permission: 'settings:write',
    summary: 'Removes a webhook with all that waits for it.',
    params,
    answer: nothing,
    async handle(call) {
      const { url } = await call.app.database.transaction((tx) => removeWebhook(tx, call.params.id));
      call.note({ object: `webhook ${call.params.id}`, before: { url } });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/rotate',
    permission: 'settings:write',
    summary: 'Makes a new secret, shown this once; for a day messages are signed with both.',
    params,
    answer: newSecret,
    shownOnce: true,
    async handle(call) {
      const { app, params: at, now } = call;
      const sealer = await app.sealer();
      const secret = await app.database.transaction((tx) => rotateSecret(tx, at.id, { now, sealer }));
      call.note({ object: `webhook ${at.id}`, after: { rotated: true } });
      return { secret };
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/ping',
    permission: 'settings:write',
    summary: 'Sends a message of no event and says what came back.',
    params,
    answer: pinged,
    repeatable: true,
    limits: { perMinute: 20 },
    async handle(call) {
      const { app, params: at, signal } = call;
      call.note({ object: `webhook ${at.id}` });
      const answer = await pingHook(app.hookDesk(), at.id, signal);
      return 'status' in answer
        ? { status: answer.status, failure: null }
        : { status: null, failure: answer.failure };
    },
  }),
  route({
    method: 'GET',
    path: '/webhooks/:id/deliveries',
    permission: 'settings:read',
    summary: 'Lists what a webhook was told or is still to be told, the newest first.',
    params,
    query: object({ ...paging, state: optional(oneOf('waiting', 'delivered', 'dead')) }),
    answer: pageOf(delivery),
    async handle({ app, params: at, query }) {
      const { cursor, limit = 50, state = null } = query;
      const before = cursor === undefined ? null : Number(readCursor(cursor, ['number'])[0]);
      const rows = await listDeliveries(app.database, at.id, { state, before, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last !== undefined ? cursorOf([last.event]) : null;
      return { items, next, previous: null, total: null };
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/deliveries/:event/replay',
    permission: 'settings:write',
    summary: 'Has one event told again.',
    params: object({ id: text(60), event: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) }),
    answer: nothing,
    status: 202,
    async handle(call) {
      const { app, params: at } = call;
      await app.database.transaction((tx) => replayOne(tx, at.id, at.event));
      await app.queue.wake('hooks', '*');
      call.note({ object: `webhook ${at.id}`, after: { replayed: at.event } });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/replay',
    permission: 'settings:write',
    summary:
      'Has everything since an instant told again, also what happened before the webhook was there; events are kept for 30 days.',
    params,
    body: object({ since: instant() }),
    answer: object({ events: integer() }),
    async handle(call) {
      const { app, params: at, body } = call;
      const since = new Date(body.since).toISOString();
      const events = await app.database.transaction((tx) => replaySince(tx, at.id, since));
      await app.queue.wake('hooks', '*');
      call.note({ object: `webhook ${at.id}`, after: { since, events } });
      return { events };
    },
  }),
];
