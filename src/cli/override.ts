import type { App } from '../app.js';
import { overrideHistory } from '../catalog/override-history.js';
import { clearOverride, listOverrides, type OverridePlace, setOverride } from '../catalog/overrides.js';
import { OperatorError } from '../domain/errors.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

interface PlaceOptions {
  readonly channel?: string;
  readonly product?: boolean;
}

interface SetOptions extends PlaceOptions {
  readonly attributes?: string;
  readonly exclude?: string;
}

/** `omnifeed override`: what a person fixes by hand for one product or variant. */
export const addOverride: AddCommand = (override, on) => {
  override
    .command('set <key>')
    .description('fix attributes of a SKU (or, with --product, of a product id)')
    .option(
      '--attributes <json>',
      'attributes in the mapping\'s form, such as {"title":"Better"}; null takes one out',
    )
    .option('--exclude <reason>', 'keep it off')
    .option('--channel <id>', 'on one channel only')
    .option('--product', 'the key is a product id')
    .action(
      on<SetOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const place = placeOf(app, args[0] ?? '', options);
          const attributes = attributesOf(options.attributes);
          await setOverride(
            app.database,
            { ...place, attributes, ...(options.exclude === undefined ? {} : { exclude: options.exclude }) },
            by(app),
          );
          for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
          stage.show(
            { ...place, set: true },
            () =>
              `${place.scope} ${place.key}: fixed${place.channel === '*' ? ' on every channel' : ` on ${place.channel}`}`,
          );
          return 0;
        }),
      ),
    );
  override
    .command('clear <key>')
    .description('take an override away')
    .option('--channel <id>', 'the one of this channel')
    .option('--product', 'the key is a product id')
    .action(
      on<PlaceOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const place = placeOf(app, args[0] ?? '', options);
          if (!(await clearOverride(app.database, place, by(app))))
            throw new OperatorError(
              'no_override',
              `There is no override for ${place.key}`,
              '`omnifeed override list` shows them.',
            );
          for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
          stage.show({ ...place, cleared: true }, () => `${place.scope} ${place.key}: the override is gone`);
          return 0;
        }),
      ),
    );
  override
    .command('history <key>')
    .description('who fixed what of a SKU when, and what was taken back')
    .option('--product', 'the key is a product id')
    .action(
      on<{ readonly product?: boolean }>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const place = { scope: options.product ? 'product' : 'variant', key: args[0] ?? '' } as const;
          const changes = await overrideHistory(app.database, place, 500);
          stage.show(changes as unknown as JsonValue, () =>
            changes.length === 0
              ? 'nothing was ever fixed by hand'
              : table(
                  ['when', 'who', 'channel', 'what', 'old', 'new'],
                  changes.map((change) => [
                    change.at,
                    change.actor,
                    change.channel,
                    change.attribute ?? 'kept off',
                    JSON.stringify(change.old),
                    JSON.stringify(change.new),
                  ]),
                ),
          );
          return 0;
        }),
      ),
    );
  override
    .command('list')
    .description('list what was fixed by hand')
    .action(
      on(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const rows = await listOverrides(app.database);
          stage.show(rows as unknown as JsonValue, () =>
            rows.length === 0
              ? 'no overrides'
              : table(
                  ['channel', 'scope', 'key', 'attributes', 'exclude', 'by', 'at'],
                  rows.map((row) => [
                    row.channel,
                    row.scope,
                    row.key,
                    JSON.stringify(row.attributes ?? {}),
                    row.exclude ?? '',
                    row.actor,
                    row.at,
                  ]),
                ),
          );
          return 0;
        }),
      ),
    );
};

function by(app: App): { readonly actor: string; readonly at: string } {
  return { actor: 'operator', at: app.clock.now() };
}

function placeOf(app: App, key: string, options: PlaceOptions): OverridePlace {
  if (options.channel !== undefined) app.channel(options.channel);
  return { channel: options.channel ?? '*', scope: options.product ? 'product' : 'variant', key };
}

function attributesOf(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (isJsonObject(parsed)) return parsed;
  } catch (cause) {
    throw badAttributes(cause);
  }
  throw badAttributes(undefined);
}

function badAttributes(cause: unknown): OperatorError {
  return new OperatorError(
    'bad_attributes',
    '--attributes is not a JSON object',
    'Write it like \'{"title":"Better title","custom_label_0":null}\'.',
    cause,
  );
}
