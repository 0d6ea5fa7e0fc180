import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { type Adoption, adoptListings } from '../sync/adopt.js';
import { readChannelState } from '../sync/channel-state.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

interface Options {
  readonly sku?: readonly string[];
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

/** `omnifeed adopt`: takes over listings a channel had before Omnifeed. */
export const addAdopt: AddCommand = (command, on) => {
  command
    .option('--sku <sku...>', 'only these SKUs')
    .option('--all', 'every listing that is not ours and has a variant in the catalog')
    .option('--dry-run', 'show what would happen, change nothing')
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = ''] = args;
          const skus = wishedListings(options);
          const dryRun = options.dryRun === true;
          const desk = await app.desk(channel);
          await refuseUnread(channel, (await readChannelState(app.database, channel)).observed_at);
          const adoption = await adoptListings(desk, { skus, dryRun });
          if (!dryRun && adoption.found > 0) await app.queue.wake('reconcile', channel);
          stage.show({ ...adoption, dryRun } as unknown as JsonValue, () => adoptionText(adoption, dryRun));
          return adoption.unknown.length > 0 ? 1 : 0;
        }),
      ),
    );
};

/** What the options ask for: some SKUs or all, never both and never neither. Throws `adopt_what`. */
export function wishedListings({ sku, all }: Options): readonly string[] | 'all' {
  if (sku !== undefined && all !== true) return sku;
  if (sku === undefined && all === true) return 'all';
  throw new OperatorError(
    'adopt_what',
    'Say which listings: some SKUs or all of them',
    'Use --sku SKU (repeatable) or --all; --dry-run shows first what would happen.',
  );
}

/** Nothing is known of a channel that was never read back: "nothing to adopt" would be a guess. */
async function refuseUnread(channel: string, observedAt: string | null): Promise<void> {
  if (observedAt !== null) return;
  throw new OperatorError(
    'never_read_back',
    `Channel "${channel}" was never read back, so its listings are not known`,
    `Run omnifeed observe ${channel} first.`,
  );
}

function adoptionText(adoption: Adoption, dryRun: boolean): string {
  const { channel, found, update, remove, blocked, notInCatalog, unknown, sample } = adoption;
  const lines = [
    `${channel}: ${found - notInCatalog} listings ${dryRun ? 'would be' : 'are'} ours: ${update} to be updated, ${remove} to be removed, ${blocked} blocked and left as they are`,
  ];
  if (notInCatalog > 0)
    lines.push(
      `  ${notInCatalog} have no variant in the catalog and stay unmanaged; add the SKU to the catalog first`,
    );
  for (const { sku, becomes } of sample) lines.push(`  ${sku}: ${WORDS[becomes]}`);
  for (const sku of unknown)
    lines.push(`  ${sku}: the channel had no unmanaged listing of this SKU when it was last read back`);
  if (!dryRun && update + remove > 0) lines.push(`  see what comes next: omnifeed plan ${channel}`);
  return lines.join('\n');
}

const WORDS = {
  update: 'update',
  remove: 'remove',
  blocked: 'blocked, stays as it is',
  notInCatalog: 'not in the catalog',
} as const;
