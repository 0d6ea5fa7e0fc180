import { needsSecondFactor, PERMISSIONS, rolesWith, saysOf } from '../../access/permissions.js';
import type { App } from '../../app.js';
import { backsUp } from '../../backup/back-up-house.js';
import { listBackups } from '../../backup/backup-files.js';
import { changeSettings, houseSettings as settingsOf } from '../../setup/house-settings.js';
import { Refusal } from '../problem.js';
import { route } from '../route.js';
import { houseSettings, type Settings, settings, settingsChange } from '../shapes/settings.js';

/** Settings of the house as a whole. */
export const settingsRoutes = [
  route({
    method: 'GET',
    path: '/settings',
    permission: 'settings:read',
    summary:
      'Shows the settings of the house, what the file says about backups and buyers, and what each role may do.',
    answer: settings,
    async handle({ app }) {
      const { channels, mail, http } = app.config;
      return {
        general: await settingsOf(app.database),
        buyers: channels.flatMap(({ id, orders: { retention } }) =>
          app.open(id).orders
            ? [{ channel: id, days: retention.buyerDays, orderMonths: retention.orderMonths }]
            : [],
        ),
        backups: await backupsOf(app),
        mail: mail === null ? null : { from: mail.from },
        publicUrl: http.publicUrl,
        rights: PERMISSIONS.map((permission) => ({
          permission,
          says: saysOf(permission),
          roles: rolesWith(permission),
          secondFactor: needsSecondFactor(permission),
        })),
      };
    },
  }),
  route({
    method: 'PATCH',
    path: '/settings',
    permission: 'settings:write',
    summary: 'Says where the house sells and how it counts: what wizards offer first.',
    body: settingsChange,
    answer: houseSettings,
    async handle(call) {
      const { app, body, now } = call;
      const { zone } = body;
      if (typeof zone === 'string' && !isZone(zone))
        throw new Refusal(
          422,
          'zone_unknown',
          `There is no time zone "${zone}".`,
          'Use a name such as Europe/Berlin.',
          [{ pointer: '/zone', message: 'is not a time zone', advice: null }],
        );
      const before = await settingsOf(app.database);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const after = await app.database.transaction((tx) => changeSettings(tx, given, now));
      call.note({ object: 'settings', before: { ...before }, after: { ...after } });
      return after;
    },
  }),
];

async function backupsOf({ config }: App): Promise<Settings['backups']> {
  if (!backsUp(config)) return null;
  const { folder, hourly, keep } = config.backups;
  const taken = await listBackups(folder);
  const lastAt =
    taken
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? null;
  return { hourly, keep: { ...keep }, lastAt };
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // what Intl does not know is no zone
  }
}
