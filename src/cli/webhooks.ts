import type { App } from '../app.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { pingHook } from '../hooks/deliver.js';
import { listDeliveries, replayOne, replaySince } from '../hooks/deliveries.js';
import { EVENT_KINDS, type EventKind } from '../hooks/event-kinds.js';
import { addWebhook, allWebhooks, removeWebhook, rotateSecret } from '../hooks/webhooks.js';
import type { AddCommand } from './command.js';
import { noteDeed } from './note-deed.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

/** `omnifeed webhooks`: addresses outside that are told what happens here. */
export const addWebhooks: AddCommand = (webhooks, on) => {
  webhooks
    .command('list', { isDefault: true })
    .description('every webhook, without its secret')
    .action(
      on(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const all = await allWebhooks(app.database);
          stage.show(all as unknown as JsonValue, () =>
            all.length === 0
              ? 'No webhooks. `omnifeed webhooks add <url>` makes one.'
              : table(
                  ['id', 'address', 'events', 'state'],
                  all.map(({ id, url, events, active }) => [
                    id,
                    url,
                    events === null ? 'all' : events.join(' '),
                    active ? 'active' : 'stands still',
                  ]),
                ),
          );
          return 0;
        }),
      ),
    );
  webhooks
    .command('add <url>')
    .description('tell an address what happens from now on; prints its secret this once')
    .option('--events <kinds>', `with commas; without: all. ${EVENT_KINDS.join(', ')}`)
    .action(
      on<{ events?: string }>(async (stage, { args: [url = ''], options }) =>
        withApp(stage, options, async (app) => {
          const events = kindsOf(options.events);
          const by = { by: 'command line', now: app.clock.now(), sealer: await app.sealer() };
          const made = await app.database.transaction((tx) => addWebhook(tx, { url, events }, by));
          await app.queue.wake('hooks', '*');
          await noteDeed(app, 'webhooks add', {
            object: `webhook ${made.webhook.id}`,
            after: { url, events },
          });
          stage.show(
            made as unknown as JsonValue,
            () => `${made.webhook.id}\n${made.secret}\nKeep the secret now: it is not shown again.`,
          );
          return 0;
        }),
      ),
    );
  webhooks
    .command('rotate <id>')
    .description('make a new secret; for a day messages are signed with both')
    .action(
      on(async (stage, { args: [id = ''], options }) =>
        withApp(stage, options, async (app) => {
          const by = { now: app.clock.now(), sealer: await app.sealer() };
          const secret = await app.database.transaction((tx) => rotateSecret(tx, id, by));
          await noteDeed(app, 'webhooks rotate', { object: `webhook ${id}`, after: null });
          stage.show({ id, secret }, () => `${secret}\nKeep it now: it is not shown again.`);
          return 0;
        }),
      ),
    );
  webhooks
    .command('ping <id>')
    .description('send a message of no event, and say what came back')
    .action(
      on(async (stage, { args: [id = ''], options }) =>
        withApp(stage, options, async (app) => {
          const answer = await pingHook(app.hookDesk(), id, app.signal);
          const good = 'status' in answer && answer.status >= 200 && answer.status < 300;
          stage.show({ id, ...answer }, () =>
            'status' in answer ? `answered ${answer.status}` : `no answer: ${answer.failure}`,
          );
          return good ? 0 : 1;
        }),
      ),
    );
  webhooks
    .command('deliveries <id>')
    .description('what a webhook was told lately, or is still to be told')
    .option('--dead', 'only what was given up')
    .action(
      on<{ dead?: boolean }>(async (stage, { args: [id = ''], options }) =>
        withApp(stage, options, async (app) => {
          const state = options.dead === true ? ('dead' as const) : null;
          const rows = await listDeliveries(app.database, id, { state, before: null, limit: 50 });
          stage.show(rows as unknown as JsonValue, () =>
            table(
              ['event', 'kind', 'of', 'when', 'state', 'attempts', 'answer'],
              rows.map((row) => [
                String(row.event),
                row.kind,
                row.subject,
                row.at,
                row.state,
                String(row.attempts),
                row.failure ?? String(row.status ?? '-'),
              ]),
            ),
          );
          return 0;
        }),
      ),
    );
  webhooks
    .command('replay <id>')
    .description('tell again: one event, or everything since an instant')
    .option('--event <number>', 'this one')
    .option('--since <instant>', 'everything since then, at most 30 days back')
    .action(
      on<{ event?: string; since?: string }>(async (stage, { args: [id = ''], options }) =>
        withApp(stage, options, async (app) => {
          const events = await replay(app, id, options);
          await app.queue.wake('hooks', '*');
          stage.show({ id, events }, () => `${events} to be told again`);
          return 0;
        }),
      ),
    );
  webhooks
    .command('remove <id>')
    .description('remove a webhook with all that waits for it')
    .action(
      on(async (stage, { args: [id = ''], options }) =>
        withApp(stage, options, async (app) => {
          const { url } = await app.database.transaction((tx) => removeWebhook(tx, id));
          await noteDeed(app, 'webhooks remove', { object: `webhook ${id}`, after: null });
          stage.show({ id, removed: true }, () => `removed ${url}`);
          return 0;
        }),
      ),
    );
};

async function replay(app: App, id: string, wish: { event?: string; since?: string }): Promise<number> {
  const { event, since } = wish;
  if (event !== undefined && since === undefined && /^[1-9]\d{0,14}$/.test(event)) {
    await app.database.transaction((tx) => replayOne(tx, id, Number(event)));
    return 1;
  }
  if (since !== undefined && event === undefined && !Number.isNaN(Date.parse(since))) {
    const from = new Date(since).toISOString();
    return app.database.transaction((tx) => replaySince(tx, id, from));
  }
  throw new OperatorError(
    'replay_unclear',
    'It is not clear what is to be told again',
    'Write --event 4711, or --since 2026-11-25T08:00:00Z.',
  );
}

function kindsOf(text: string | undefined): readonly EventKind[] | null {
  if (text === undefined) return null;
  const asked = text.split(',').map((kind) => kind.trim());
  const known = EVENT_KINDS.filter((kind) => asked.includes(kind));
  if (known.length === asked.length) return known;
  throw new OperatorError(
    'unknown_event',
    `There is an event we do not know in "${text.slice(0, 200)}"`,
    `Use some of: ${EVENT_KINDS.join(', ')}.`,
  );
}
