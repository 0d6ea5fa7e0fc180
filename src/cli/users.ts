import { newEntryToken } from '../access/entry-tokens.js';
import { isRole, ROLES, type Role } from '../access/permissions.js';
import { removeFactor } from '../access/second-factor.js';
import { addUser, allUsers, changeUser, noUsers, type User, userByEmail } from '../access/users.js';
import type { App } from '../app.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import { noteDeed } from './note-deed.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

/** `omnifeed users`: who may sign in to the console. */
export const addUsers: AddCommand = (users, on) => {
  users
    .command('list', { isDefault: true })
    .description('everybody, with role and last sign-in')
    .action(
      on(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const all = await allUsers(app.database);
          stage.show(all as unknown as JsonValue, () =>
            all.length === 0
              ? 'Nobody yet. `omnifeed start` prints an address for the first administrator.'
              : table(
                  ['e-mail', 'name', 'role', 'second factor', 'last here'],
                  all.map((user) => [
                    user.email,
                    user.name,
                    stateOf(user),
                    user.secondFactor ? 'yes' : 'no',
                    user.signedInAt ?? '-',
                  ]),
                ),
          );
          return 0;
        }),
      ),
    );
  users
    .command('add <email>')
    .description('add a person; prints the address with which they set a password')
    .requiredOption('--role <role>', ROLES.join(', '))
    .option('--name <name>', 'how the console calls them')
    .action(
      on<{ role: string; name?: string }>(async (stage, { args: [email = ''], options }) =>
        withApp(stage, options, async (app) => {
          const { name } = options;
          const role = roleOf(options.role);
          if (await noUsers(app.database))
            throw new OperatorError(
              'no_admin_yet',
              'The first user is the administrator',
              'Run `omnifeed setup-token` and open the address it prints.',
            );
          const user = await addUser(app.database, { email, name: name ?? email, role }, app.clock.now());
          await noteDeed(app, 'users add', { object: `user ${user.id}`, after: { email: user.email, role } });
          await invite(app, user, stage.show);
          return 0;
        }),
      ),
    );
  users
    .command('invite <email>')
    .description('print a new address with which a person sets a password')
    .action(
      on(async (stage, { args: [email = ''], options }) =>
        withApp(stage, options, async (app) => {
          const user = await known(app, email);
          await noteDeed(app, 'users invite', { object: `invitation of user ${user.id}`, after: null });
          await invite(app, user, stage.show);
          return 0;
        }),
      ),
    );
  users
    .command('set <email>')
    .description('change a role, let somebody in no longer, or take away a second factor that was lost')
    .option('--role <role>', ROLES.join(', '))
    .option('--disable', 'lets them in no longer; their sessions end')
    .option('--enable', 'lets them in again')
    .option('--drop-second-factor', 'for somebody who lost it')
    .action(
      on<{ role?: string; disable?: boolean; enable?: boolean; dropSecondFactor?: boolean }>(
        async (stage, { args: [email = ''], options }) =>
          withApp(stage, options, async (app) => {
            const { disable, enable, dropSecondFactor } = options;
            const role = options.role === undefined ? undefined : roleOf(options.role);
            const before = await known(app, email);
            const disabled = disable === true ? true : enable === true ? false : undefined;
            const after = await changeUser(app.database, before.id, {
              to: { role, disabled },
              now: app.clock.now(),
            });
            if (dropSecondFactor === true) await removeFactor(app.database, before.id);
            await noteDeed(app, 'users set', {
              object: `user ${after.id}`,
              after: { role: after.role, disabled: after.disabledAt !== null },
            });
            stage.show(after as unknown as JsonValue, () => `${after.email}: ${stateOf(after)}`);
            return 0;
          }),
      ),
    );
};

/** `omnifeed setup-token`: lets the first administrator in. */
export const addSetupToken: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { options }) =>
      withApp(stage, options, async (app) => {
        if (!(await noUsers(app.database)))
          throw new OperatorError(
            'set_up_already',
            'This house has its first administrator',
            'Use `omnifeed users invite <email>` for a new password.',
          );
        const { token, endsAt } = await newEntryToken(app.database, null, app.clock.now());
        await noteDeed(app, 'setup-token', { object: 'first administrator', after: null });
        const address = addressOf(app, token);
        stage.show({ address, endsAt }, () => address);
        return 0;
      }),
    ),
  );
};

function stateOf(user: User): string {
  if (user.disabledAt !== null) return `${user.role}, not let in`;
  return user.hasPassword ? user.role : `${user.role}, invited`;
}

async function known(app: App, email: string): Promise<User> {
  const user = await userByEmail(app.database, email);
  if (user) return user;
  throw new OperatorError('unknown_user', `There is no user ${email}`, 'Look at `omnifeed users`.');
}

async function invite(
  app: App,
  user: User,
  show: (value: JsonValue, text: () => string) => void,
): Promise<void> {
  const { token, endsAt } = await newEntryToken(app.database, user.id, app.clock.now());
  const address = addressOf(app, token);
  show(
    { address, endsAt },
    () => `Send ${user.name} this address; it is good once, until ${endsAt}:\n${address}`,
  );
}

function addressOf({ config: { http } }: App, token: string): string {
  const base = http.publicUrl ?? `http://${http.host}:${http.port}`;
  return `${base.replace(/\/$/, '')}/setup?token=${token}`;
}

function roleOf(text: string): Role {
  if (isRole(text)) return text;
  throw new OperatorError('unknown_role', `There is no role "${text}"`, `Use one of: ${ROLES.join(', ')}.`);
}
