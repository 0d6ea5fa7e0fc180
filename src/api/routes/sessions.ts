import { lookAtEntryToken, takeEntryToken } from '../../access/entry-tokens.js';
import { hashPassword, refuseWeak } from '../../access/passwords.js';
import { endSession, endSessions, sessionsOf } from '../../access/sessions.js';
import { checkCredentials } from '../../access/sign-in.js';
import { addUser, keepPassword, noUsers, type User, userById } from '../../access/users.js';
import type { Queries } from '../../db/database.js';
import type { Instant } from '../../domain/instant.js';
import { begin, person } from '../person.js';
import { Refusal } from '../problem.js';
import { nothing, route } from '../route.js';
import { sessionCookie } from '../session-cookie.js';
import { integer, list, type Of, object, text, yesNo } from '../shape.js';
import { entry, entryToken, session, setupWish, signIn } from '../shapes/access.js';

/** Guesses cost: fewer calls than elsewhere. */
const OF_GUESSES = { perMinute: 30 } as const;

const welcome = object({ id: text(), name: text() });

/** Setting up the house, signing in and out. */
export const sessionRoutes = [
  route({
    method: 'GET',
    path: '/setup',
    permission: 'open',
    summary: 'Says whether the house waits for its first administrator.',
    answer: object({ needed: yesNo() }),
    handle: async ({ app }) => ({ needed: await noUsers(app.database) }),
  }),
  route({
    method: 'POST',
    path: '/setup/look',
    permission: 'open',
    summary: 'Says what a set-up link or an invitation is for.',
    body: entryToken,
    answer: entry,
    limits: OF_GUESSES,
    repeatable: true,
    async handle({ app, body, now }) {
      const invited = await lookAtEntryToken(app.database, body.token, now);
      if (invited === null) return { kind: 'first' as const, email: null, name: null };
      const { email, name } = await userById(app.database, invited);
      return { kind: 'invited' as const, email, name };
    },
  }),
  route({
    method: 'POST',
    path: '/setup',
    permission: 'open',
    summary: 'Sets a password with a set-up link or an invitation, and signs in.',
    body: setupWish,
    answer: welcome,
    limits: OF_GUESSES,
    shownOnce: true,
    async handle(call) {
      const { app, body, now } = call;
      const hash = await hashPassword(body.password);
      const user = await app.database.transaction(async (tx) => {
        const found = await newcomer(tx, body, now);
        refuseWeak(body.password, found); // the token stays good: nothing of this transaction is kept
        await keepPassword(tx, found.id, hash);
        return found;
      });
      return begin(call, user);
    },
  }),
  route({
    method: 'POST',
    path: '/sessions',
    permission: 'open',
    summary: 'Signs in with e-mail, password and, where there is one, the second factor.',
    body: signIn,
    answer: welcome,
    limits: OF_GUESSES,
    shownOnce: true,
    async handle(call) {
      const { app, body, from, now } = call;
      call.note({ object: 'session' });
      const desk = { database: app.database, address: from, now, sealer: () => app.sealer() };
      const user = await checkCredentials({ ...body, code: body.code ?? null }, desk);
      return begin(call, user);
    },
  }),
  route({
    method: 'POST',
    path: '/sign-out',
    permission: 'signed-in',
    summary: 'Signs out here.',
    answer: nothing,
    async handle(call) {
      const { app, caller, secure } = call;
      if (caller?.session) await endSession(app.database, caller.session);
      call.setHeader('set-cookie', sessionCookie(null, secure));
      call.note({ object: 'session' });
      return undefined;
    },
  }),
  route({
    method: 'GET',
    path: '/sessions',
    permission: 'signed-in',
    summary: 'Lists where you are signed in.',
    answer: object({ items: list(session) }),
    async handle(call) {
      const { id, session: own } = person(call);
      const all = await sessionsOf(call.app.database, id, call.now);
      return { items: all.map((one) => ({ ...one, current: one.id === own })) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/sessions',
    permission: 'signed-in',
    summary: 'Signs you out everywhere else.',
    answer: object({ ended: integer() }),
    async handle(call) {
      const { id, session: own } = person(call);
      call.note({ object: `sessions of user ${id}` });
      return { ended: await endSessions(call.app.database, id, own) };
    },
  }),
];

async function newcomer(tx: Queries, body: Of<typeof setupWish>, now: Instant): Promise<User> {
  const invited = await takeEntryToken(tx, body.token, now);
  if (invited !== null) {
    const found = await userById(tx, invited);
    if (found.disabledAt !== null) throw noLongerGood('Ask for a new one.');
    if (body.name !== undefined)
      await tx.run('UPDATE app_user SET name = ? WHERE id = ?', [body.name.trim(), found.id]);
    return found;
  }
  if (!(await noUsers(tx))) throw noLongerGood('Sign in, or ask an administrator to invite you.');
  const { name, email } = body;
  if (name === undefined || email === undefined)
    throw new Refusal(400, 'name_needed', 'Name and e-mail are needed.', 'Fill them in.', [
      ...(name === undefined ? [{ pointer: '/name', message: 'is missing', advice: null }] : []),
      ...(email === undefined ? [{ pointer: '/email', message: 'is missing', advice: null }] : []),
    ]);
  return addUser(tx, { name, email, role: 'admin' }, now);
}

function noLongerGood(advice: string): Refusal {
  return new Refusal(410, 'entry_token_gone', 'This link is no longer good.', advice);
}
