import type { App } from '../app.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { PARCEL_COLUMNS, readParcelFile } from '../orders/parcel-file.js';
import { shipOpenUnits } from '../orders/ship-open-units.js';
import { shipParcels } from '../orders/ship-parcels.js';
import type { AddCommand } from './command.js';
import { skuUnits } from './sku-units.js';
import type { ExitCode, Stage } from './stage.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

interface Options {
  readonly carrier?: string;
  readonly tracking?: string;
  readonly url?: string;
  readonly reference?: string;
  readonly line?: readonly string[];
  readonly file?: string;
  readonly channel?: string;
}

const HELP = `
With --file: CSV with the columns ${PARCEL_COLUMNS.join(', ')}.
order, carrier and tracking_number are needed. Rows with the same reference (else the same number) are one parcel; without sku and
quantity it holds everything that is open. Every row is answered for; the same file again changes nothing.

Exit codes: 0 recorded, 1 a row or parcel needs a person, 2 the file cannot be used, or an order is unknown, cancelled or empty.`;

/** `omnifeed ship`, and `omnifeed orders ship`: announces parcels by hand or from a file. */
export const addShip: AddCommand = (command, on) => {
  command
    .option('--carrier <name>', 'carrier as you call it, such as UPS')
    .option('--tracking <number>', 'tracking number')
    .option('--url <address>', 'where the buyer follows it')
    .option(
      '--line <sku=quantity...>',
      'what is in it; may be given several times (default: all that is open)',
    )
    .option(
      '--reference <text>',
      'your own id of the parcel; the same one again corrects it and is not a second parcel (default: the number)',
    )
    .option('--file <parcels.csv>', 'announce the parcels of a CSV file instead')
    .option('--channel <id>', 'channel of the rows that name none; only with --file')
    .addHelpText('after', HELP)
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, (app) =>
          options.file === undefined
            ? shipOne(app, stage, { args, options })
            : shipFile(app, stage, { args, options, file: options.file }),
        ),
      ),
    );
};

interface Call {
  readonly args: readonly string[];
  readonly options: Options;
}

async function shipOne(app: App, stage: Stage, { args, options }: Call): Promise<ExitCode> {
  const [channel, order] = args;
  const { carrier, tracking: trackingNumber } = options;
  if (!channel || !order || !carrier || !trackingNumber)
    throw new OperatorError(
      'which_parcel',
      'Channel, order, --carrier and --tracking are all needed to announce a parcel',
      'For example: omnifeed ship amazon-us 112-1234567-1234567 --carrier UPS --tracking 1Z999. For many, use --file.',
    );
  const now = app.clock.now();
  const place = { channel: app.channel(channel).id, externalId: order, now };
  const lines = options.line?.map(skuUnits);
  const parcel = {
    reference: options.reference ?? trackingNumber,
    carrier,
    trackingNumber,
    ...(options.url === undefined ? {} : { trackingUrl: options.url }),
    shippedAt: now,
    ...(lines === undefined ? {} : { lines }),
  };
  const outcome = await app.database.transaction((tx) => shipOpenUnits(tx, place, parcel));
  await app.queue.wake('push-shipments', channel);
  stage.show({ channel, order, outcome }, () => `${order}: ${outcome}`);
  return outcome === 'surplus' ? 1 : 0;
}

async function shipFile(
  app: App,
  stage: Stage,
  { args, options, file }: Call & { readonly file: string },
): Promise<ExitCode> {
  const { carrier, tracking, url, reference, line, channel } = options;
  if (args.length > 0 || [carrier, tracking, url, reference, line].some((given) => given !== undefined))
    throw new OperatorError(
      'file_or_parcel',
      '--file tells everything about its parcels',
      'Leave out the order and the other options; --channel names the channel of rows that name none.',
    );
  const now = app.clock.now();
  const read = await readParcelFile(file, {
    now,
    channel: channel === undefined ? null : app.channel(channel).id,
    channels: app.config.channels.map(({ id }) => id),
  });
  const results = await shipParcels(app.database, read.parcels, now);
  for (const id of new Set(results.map((result) => result.channel)))
    await app.queue.wake('push-shipments', id);
  const parcels = results.map((result, at) => ({ rows: read.parcels[at]?.rows ?? [], ...result }));
  stage.show({ parcels, mistakes: read.mistakes } as unknown as JsonValue, () =>
    fileText(parcels, read.mistakes),
  );
  const failed =
    read.mistakes.length > 0 || parcels.some(({ outcome }) => outcome === 'surplus' || outcome === 'refused');
  return failed ? 1 : 0;
}

type ShownParcel = Awaited<ReturnType<typeof shipParcels>>[number] & { readonly rows: readonly number[] };

function fileText(
  parcels: readonly ShownParcel[],
  mistakes: readonly { readonly row: number; readonly message: string }[],
): string {
  const rows = [
    ...parcels.map((parcel) => ({
      row: parcel.rows[0] ?? 0,
      cells: [
        parcel.rows.join(' '),
        parcel.channel,
        parcel.order,
        parcel.reference,
        parcel.outcome,
        'message' in parcel ? `${parcel.message}. ${parcel.advice}` : '',
      ],
    })),
    ...mistakes.map(({ row, message }) => ({ row, cells: [String(row), '', '', '', 'not read', message] })),
  ].sort((a, b) => a.row - b.row);
  if (rows.length === 0) return 'the file names no parcels';
  return table(
    ['row', 'channel', 'order', 'parcel', 'result', 'why'],
    rows.map(({ cells }) => cells),
  );
}
