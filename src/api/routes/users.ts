import { newEntryToken } from '../../access/entry-tokens.js';
import { removeFactor } from '../../access/second-factor.js';
import { addUser, allUsers, changeUser, type User, userById } from '../../access/users.js';
import { type Call, nothing, route } from '../route.js';
import { list, object, text } from '../shape.js';
import { invitation, newUser, user, userChange } from '../shapes/access.js';

const params = object({ id: text(60) });

/** Who may sign in, for administrators. */
export const userRoutes = [
  route({
    method: 'GET',
    path: '/users',
    permission: 'settings:read',
    summary: 'Lists everybody who may sign in.',
    answer: object({ items: list(user) }),
    handle: async ({ app }) => ({ items: await allUsers(app.database) }),
  }),
  route({
    method: 'POST',
    path: '/users',
    permission: 'settings:write',
    summary: 'Adds a person; answers the address to send them, good once and for seven days.',
    body: newUser,
    answer: invitation,
    status: 201,
    shownOnce: true,
    async handle(call) {
      const { app, body, now } = call;
      const added = await addUser(app.database, body, now);
      call.note({ object: `user ${added.id}`, after: { email: added.email, role: added.role } });
      return invite(call, added);
    },
  }),
  route({
    method: 'PATCH',
    path: '/users/:id',
    permission: 'settings:write',
    summary: 'Changes name or role, or lets a person in no longer; their sessions end.',
    params,
    body: userChange,
    answer: user,
    async handle(call) {
      const { app, params: at, body, now } = call;
      const before = await userById(app.database, at.id);
      call.note({ object: `user ${before.id}`, before: shown(before) });
      const after = await changeUser(app.database, before.id, { to: body, now });
      call.note({ object: `user ${before.id}`, before: shown(before), after: shown(after) });
      return after;
    },
  }),
  route({
    method: 'POST',
    path: '/users/:id/invitation',
    permission: 'settings:write',
    summary: 'Makes a new address with which the person sets a password.',
    params,
    answer: invitation,
    shownOnce: true,
    async handle(call) {
      const found = await userById(call.app.database, call.params.id);
      call.note({ object: `invitation of user ${found.id}` });
      return invite(call, found);
    },
  }),
  route({
    method: 'DELETE',
    path: '/users/:id/second-factor',
    permission: 'settings:write',
    summary: 'Takes the second factor of somebody away who lost it; their sessions end.',
    params,
    answer: nothing,
    async handle(call) {
      const { app } = call;
      const found = await userById(app.database, call.params.id);
      call.note({ object: `second factor of user ${found.id}` });
      await app.database.transaction(async (tx) => {
        await removeFactor(tx, found.id);
        await tx.run('DELETE FROM user_session WHERE user_id = ?', [found.id]);
      });
      return undefined;
    },
  }),
];

function shown({ name, role, disabledAt }: User): { name: string; role: string; disabled: boolean } {
  return { name, role, disabled: disabledAt !== null };
}

type InvitingCall = Pick<Call, 'app' | 'headers' | 'secure' | 'now'>;

async function invite(
  call: InvitingCall,
  found: User,
): Promise<{ user: User; address: string; endsAt: string }> {
  const { token, endsAt } = await newEntryToken(call.app.database, found.id, call.now);
  const own = `${call.secure ? 'https' : 'http'}://${call.headers.host ?? 'localhost'}`;
  const base = (call.app.config.http.publicUrl ?? own).replace(/\/$/, '');
  return { user: found, address: `${base}/setup?token=${token}`, endsAt };
}
