import { hashPassword, passwordFits, refuseWeak } from '../../access/passwords.js';
import { codeFits, codeWrong, confirmFactor, offerFactor, removeFactor } from '../../access/second-factor.js';
import { keepPassword, preferencesOf, userById } from '../../access/users.js';
import { begin, person } from '../person.js';
import { Refusal } from '../problem.js';
import { type Call, nothing, route } from '../route.js';
import { list, object, text } from '../shape.js';
import { type Account, account, accountChange } from '../shapes/access.js';

const code = object({ code: text(40, { min: 6 }) });
const OF_GUESSES = { perMinute: 20 } as const;

/** One's own account: name, password, second factor. */
export const accountRoutes = [
  route({
    method: 'GET',
    path: '/account',
    permission: 'signed-in',
    summary: 'Shows your account.',
    answer: account,
    handle: (call) => accountOf(call),
  }),
  route({
    method: 'PATCH',
    path: '/account',
    permission: 'signed-in',
    summary: 'Changes your name and what the console remembers for you.',
    body: accountChange,
    answer: account,
    async handle(call) {
      const { id } = person(call);
      const { name, preferences } = call.body;
      await call.app.database.transaction(async (tx) => {
        if (name !== undefined) await tx.run('UPDATE app_user SET name = ? WHERE id = ?', [name.trim(), id]);
        if (preferences !== undefined)
          await tx.run('UPDATE app_user SET preferences = ? WHERE id = ?', [JSON.stringify(preferences), id]);
      });
      call.note({ object: `user ${id}`, after: name === undefined ? null : { name } });
      return accountOf(call);
    },
  }),
  route({
    method: 'POST',
    path: '/account/password',
    permission: 'signed-in',
    summary: 'Changes your password; you stay signed in here only.',
    body: object({ password: text(400), newPassword: text(400) }),
    answer: nothing,
    limits: OF_GUESSES,
    async handle(call) {
      const { app, body } = call;
      const user = await userById(app.database, person(call).id);
      call.note({ object: `password of user ${user.id}` });
      const row = await app.database.get<{ hash: string | null }>(
        'SELECT password_hash AS hash FROM app_user WHERE id = ?',
        [user.id],
      );
      if (!(await passwordFits(body.password, row?.hash ?? null)))
        throw new Refusal(403, 'password_wrong', 'Your present password is not right.', 'Try again.', [
          { pointer: '/password', message: 'is not right', advice: null },
        ]);
      refuseWeak(body.newPassword, user);
      const hash = await hashPassword(body.newPassword);
      const again = call.caller?.secondFactor === true;
      await app.database.transaction((tx) => keepPassword(tx, user.id, hash));
      await begin(call, { ...user, secondFactor: again });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/account/second-factor',
    permission: 'signed-in',
    summary: 'Begins a second factor: what to give your authenticator app.',
    answer: object({ secret: text(), address: text() }),
    shownOnce: true,
    async handle(call) {
      const { id } = person(call);
      call.note({ object: `second factor of user ${id}` });
      return offerFactor(call.app.database, id, await call.app.sealer());
    },
  }),
  route({
    method: 'POST',
    path: '/account/second-factor/confirm',
    permission: 'signed-in',
    summary: 'Takes the first code; answers recovery codes, shown this once.',
    body: code,
    answer: object({ recoveryCodes: list(text()) }),
    limits: OF_GUESSES,
    shownOnce: true,
    async handle(call) {
      const { app, body, now } = call;
      const { id } = person(call);
      const recoveryCodes = await confirmFactor(app.database, id, {
        ...body,
        sealer: await app.sealer(),
        now,
      });
      await begin(call, await userById(app.database, id)); // more rights, another session
      call.note({ object: `second factor of user ${id}` });
      return { recoveryCodes };
    },
  }),
  route({
    method: 'POST',
    path: '/account/second-factor/remove',
    permission: 'signed-in',
    summary: 'Takes your second factor away.',
    body: code,
    answer: nothing,
    limits: OF_GUESSES,
    async handle(call) {
      const { app, body, now } = call;
      const { id } = person(call);
      call.note({ object: `second factor of user ${id}` });
      const shown = { ...body, sealer: await app.sealer(), now };
      await app.database.transaction(async (tx) => {
        if (!(await codeFits(tx, id, shown))) throw codeWrong();
        await removeFactor(tx, id);
      });
      await begin(call, await userById(app.database, id));
      return undefined;
    },
  }),
];

async function accountOf(call: Pick<Call, 'app' | 'caller'>): Promise<Account> {
  const { id, email, name, role, secondFactor } = await userById(call.app.database, person(call).id);
  const preferences = (await preferencesOf(call.app.database, id)) as Account['preferences'];
  return { id, email, name, role, secondFactor, preferences };
}
