import type { App } from '../app.js';
import type { ChannelConfig } from '../config/config.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { meetChannel } from '../sync/meet-channel.js';
import { type ChannelReport, syncUntilSettled } from '../sync/sync-channel.js';
import type { AddCommand } from './command.js';
import type { Stage } from './stage.js';
import { chosen, countOf, withApp } from './with-app.js';

interface Options {
  readonly force?: string;
  readonly wait?: string;
}

const WAIT_S = 60;

/** `omnifeed sync`: brings channels in step and waits a while for their verdicts. */
export const addSync: AddCommand = (command, on) => {
  command
    .option('--force <checksum>', 'let the plan through that has this checksum (one channel)')
    .option('--wait <seconds>', `how long to wait for the channels' verdicts (default ${WAIT_S})`)
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const channels = chosen(
            args,
            app.config.channels.filter((channel) => lists(app, channel)),
            app.channel,
          );
          refuseForceOfMany(channels, options.force);
          const reports: ChannelReport[] = [];
          await Promise.all(
            channels.map(async ({ id }) => reports.push(await syncOne(app, stage, { id, ...options }))),
          );
          stage.show(reports as unknown as JsonValue, () =>
            reports.map((report) => reportText(report, options.force)).join('\n'),
          );
          return reports.some((report) => report.held > 0 || report.paused !== null || report.failed > 0)
            ? 1
            : 0;
        }),
      ),
    );
};

function lists(app: App, channel: ChannelConfig): boolean {
  const { listings, feed } = app.open(channel.id);
  if (app.isShop(channel.id)) return false;
  return listings !== undefined || feed !== undefined;
}

function refuseForceOfMany(channels: readonly ChannelConfig[], force: string | undefined): void {
  if (force === undefined || channels.length === 1) return;
  throw new OperatorError(
    'force_needs_one_channel',
    'A checksum belongs to the plan of one channel',
    'Name the channel: omnifeed sync google-us --force CHECKSUM.',
  );
}

async function syncOne(
  app: App,
  stage: Stage,
  order: Options & { readonly id: string },
): Promise<ChannelReport> {
  const desk = await app.desk(order.id);
  if ((await meetChannel(desk, stage.signal)) !== null)
    throw new OperatorError(
      'channel_not_met',
      `Channel "${order.id}" could not be read back before the first change is sent`,
      'See `omnifeed status` for what the channel answered, and run the command again.',
    );
  return syncUntilSettled(desk, {
    deadlineMs: countOf(order.wait, WAIT_S) * 1_000,
    atOnce: true,
    signal: stage.signal,
    ...(order.force === undefined ? {} : { force: order.force }),
    onRound: ({ channel, submitted, counts }) =>
      stage.progress.update(
        `${channel}: ${submitted} sent, ${counts.live} of ${counts.listed} live, ${counts.inFlight} under way`,
      ),
  });
}

/** One channel's result in a few lines. */
export function reportText(report: ChannelReport, force?: string): string {
  const { counts } = report;
  const lines = [
    `${report.channel}: ${report.submitted} sent, ${report.held} held, ${report.failed} to be repeated; ${counts.listed} listed (${counts.live} live, ${counts.rejected} rejected, ${counts.inFlight} under way), ${counts.blocked} blocked, ${counts.excluded} excluded`,
  ];
  for (const hold of report.holds) lines.push(`  held: ${hold}`);
  if (report.held > 0)
    lines.push(
      `  see: omnifeed plan ${report.channel}`,
      `  to let this very plan through: omnifeed sync ${report.channel} --force ${report.checksum}`,
    );
  if (force !== undefined && report.held > 0)
    lines.push(`  ${force} is not the checksum of this plan; nothing was let through`);
  if (report.paused !== null)
    lines.push(
      `  PAUSED (${report.paused}): connect the channel again, then run omnifeed resume ${report.channel}`,
    );
  if (counts.unmanaged > 0)
    lines.push(
      `  ${counts.unmanaged} wait: the channel has listings of these SKUs that Omnifeed did not make`,
      `  to take them over: omnifeed adopt ${report.channel} --all --dry-run`,
    );
  if (report.notes > 0)
    lines.push(`  ${report.notes} notes of the mapping: bad data met on the way, see omnifeed status`);
  if (counts.blocked + counts.excluded + counts.rejected > 0)
    lines.push('  why: omnifeed status, or omnifeed explain <channel> <sku>');
  return lines.join('\n');
}
