import { allKeys, makeKey, revokeKey } from '../access/api-keys.js';
import { isPermission, PERMISSIONS } from '../access/permissions.js';
import { OperatorError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import { noteDeed } from './note-deed.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

const DAY_MS = 24 * 3_600_000;

/** `omnifeed keys`: API keys. */
export const addKeys: AddCommand = (keys, on) => {
  keys
    .command('list', { isDefault: true })
    .description('every key, without the keys')
    .action(
      on(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const all = await allKeys(app.database);
          stage.show(all as unknown as JsonValue, () =>
            table(
              ['id', 'name', 'begins', 'scopes', 'ends', 'last used'],
              all.map((key) => [
                key.id,
                key.name,
                `${key.shown}…`,
                key.scopes.join(' '),
                key.revokedAt ? 'revoked' : (key.endsAt ?? 'never'),
                key.usedAt ?? '-',
              ]),
            ),
          );
          return 0;
        }),
      ),
    );
  keys
    .command('create <name>')
    .description('make a key; it is shown this once')
    .requiredOption('--scopes <scopes>', `with commas: ${PERMISSIONS.join(', ')}`)
    .option('--days <n>', 'it ends after so many days; without, when it is revoked')
    .option('--from <networks>', 'it is used only from these, with commas: 203.0.113.7,2001:db8::/48')
    .option('--per-minute <n>', 'it makes at most so many calls a minute')
    .action(
      on<{ scopes: string; days?: string; from?: string; perMinute?: string }>(
        async (stage, { args: [name = ''], options }) =>
          withApp(stage, options, async (app) => {
            const scopes = options.scopes.split(',').map((scope) => scope.trim());
            const wrong = scopes.find((scope) => !isPermission(scope));
            if (wrong !== undefined)
              throw new OperatorError(
                'unknown_scope',
                `There is no scope "${wrong}"`,
                `Use one or more of: ${PERMISSIONS.join(', ')}.`,
              );
            if (options.days !== undefined && !/^[1-9]\d{0,3}$/.test(options.days))
              throw new OperatorError(
                'days_unreadable',
                `"${options.days}" is no number of days`,
                'Write --days 90.',
              );
            const now = app.clock.now();
            const endsAt = options.days === undefined ? null : plusMs(now, Number(options.days) * DAY_MS);
            const made = await makeKey(
              app.database,
              {
                name,
                scopes: scopes.filter(isPermission),
                endsAt,
                networks: options.from?.split(',').map((network) => network.trim()),
                perMinute: countIn(options.perMinute),
                by: 'command line',
              },
              now,
            );
            await noteDeed(app, 'keys create', { object: `key ${made.key.id}`, after: { name, scopes } });
            stage.show(
              { ...made } as unknown as JsonValue,
              () => `${made.secret}\nKeep it now: it is not shown again.`,
            );
            return 0;
          }),
      ),
    );
  keys
    .command('revoke <id>')
    .description('end a key at once')
    .action(
      on(async (stage, { args: [id = ''], options }) =>
        withApp(stage, options, async (app) => {
          const key = await revokeKey(app.database, id, app.clock.now());
          await noteDeed(app, 'keys revoke', { object: `key ${key.id}`, after: null });
          stage.show(key as unknown as JsonValue, () => `revoked ${key.name}`);
          return 0;
        }),
      ),
    );
};

function countIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new OperatorError('count_unreadable', `"${text}" is no number of calls`, 'Write --per-minute 120.');
}
