import type { App } from '../app.js';
import { eraseBuyer, exportBuyer, type PrivacyQuestion } from '../buyers/privacy.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import { addConsents, type CustomerOptions, exportConsented } from './customers.js';
import { noteDeed } from './note-deed.js';
import { withApp } from './with-app.js';

interface Options {
  readonly order?: string;
  readonly channel?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly yes?: boolean;
}

interface ExportOptions extends Options, CustomerOptions {
  readonly consented?: boolean;
}

/** `omnifeed buyers`: what is kept of a person, handed out or erased on request. */
export const addBuyers: AddCommand = (buyers, on) => {
  addConsents(buyers, on);
  buyers
    .command('export')
    .description(
      'everything kept of a person, as JSON; or, with --consented, customers who agreed to marketing',
    )
    .option('--order <id>', 'of one order; needs --channel')
    .option('--channel <id>', 'the channel of the order')
    .option('--email <address>', 'of all orders with this e-mail address')
    .option('--phone <number>', 'of all orders with this phone number')
    .option('--consented', 'everybody whose consent is recorded, as far as their channel allows it at all')
    .option('--columns <set>', 'with --consented: plain, hubspot or marketo (default: plain)')
    .option('--output <file>', 'with --consented: write CSV there')
    .option('--webhook', 'with --consented: post them, signed, to `customerExport` of the configuration')
    .action(
      on<ExportOptions>(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          if (options.consented === true) return exportConsented(app, stage, options);
          const kept = await exportBuyer(app.database, questionOf(app, options), await app.buyers());
          await noteDeed(app, 'buyers export', {
            object: `one person in ${kept.length} orders`,
            after: null,
          });
          stage.show(kept as unknown as JsonValue, () => JSON.stringify(kept, null, 2));
          return 0;
        }),
      ),
    );
  buyers
    .command('erase')
    .description(
      'erase it for good, in backups of the database too; the orders stay, without anybody in them',
    )
    .option('--order <id>', 'of one order; needs --channel')
    .option('--channel <id>', 'the channel of the order')
    .option('--email <address>', 'of all orders with this e-mail address')
    .option('--phone <number>', 'of all orders with this phone number')
    .option('--yes', 'do it; without it only the orders are shown')
    .action(
      on<Options>(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const question = questionOf(app, options);
          const vault = await app.buyers();
          if (options.yes !== true) {
            const kept = await exportBuyer(app.database, question, vault);
            const orders = kept.map(({ channel, order }) => `${channel} ${order}`);
            stage.show({ orders, erased: 0 }, () =>
              [`${orders.length} orders hold this person; --yes erases it there:`, ...orders].join('\n'),
            );
            return 0;
          }
          const by = { vault, actor: 'operator', at: app.clock.now() };
          const places = await app.database.transaction((tx) => eraseBuyer(tx, question, by));
          await noteDeed(app, 'buyers erase', {
            object: `one person in ${places.length} orders`,
            after: null,
          });
          const orders = places.map(({ channel, externalId }) => `${channel} ${externalId}`);
          stage.show({ orders, erased: orders.length }, () =>
            [`erased in ${orders.length} orders`, ...orders].join('\n'),
          );
          return 0;
        }),
      ),
    );
};

function questionOf(app: App, { order, channel, email, phone }: Options): PrivacyQuestion {
  const given = [order, email, phone].filter((text) => text !== undefined);
  if (given.length === 1) {
    if (email !== undefined) return { by: 'email', value: email };
    if (phone !== undefined) return { by: 'phone', value: phone };
    if (order !== undefined && channel !== undefined)
      return { by: 'order', channel: app.channel(channel).id, order };
  }
  throw new OperatorError(
    'who',
    'It is not clear whose data is meant',
    'Name one of --order with --channel, --email, --phone.',
  );
}
