import { allKeys, makeKey, revokeKey } from '../../access/api-keys.js';
import { Refusal } from '../problem.js';
import { route } from '../route.js';
import { list, object, text } from '../shape.js';
import { apiKey, madeKey, newKey } from '../shapes/access.js';

/** API keys, for administrators. */
export const keyRoutes = [
  route({
    method: 'GET',
    path: '/keys',
    permission: 'settings:read',
    summary: 'Lists API keys, without the keys.',
    answer: object({ items: list(apiKey) }),
    handle: async ({ app }) => ({ items: await allKeys(app.database) }),
  }),
  route({
    method: 'POST',
    path: '/keys',
    permission: 'settings:write',
    summary: 'Makes an API key; it is shown this once.',
    body: newKey,
    answer: madeKey,
    status: 201,
    shownOnce: true,
    async handle(call) {
      const { app, body, caller, now } = call;
      const more = body.scopes.filter((scope) => !caller?.permissions.has(scope));
      if (more.length > 0)
        throw new Refusal(
          403,
          'not_allowed',
          `You cannot give what you have not: ${more.join(', ')}.`,
          'Leave them out.',
        );
      const made = await makeKey(app.database, { ...body, by: caller?.name ?? '' }, now);
      call.note({ object: `key ${made.key.id}`, after: { name: made.key.name, scopes: made.key.scopes } });
      return made;
    },
  }),
  route({
    method: 'DELETE',
    path: '/keys/:id',
    permission: 'settings:write',
    summary: 'Ends an API key at once.',
    params: object({ id: text(60) }),
    answer: apiKey,
    async handle(call) {
      const revoked = await revokeKey(call.app.database, call.params.id, call.now);
      call.note({ object: `key ${revoked.id}` });
      return revoked;
    },
  }),
];
