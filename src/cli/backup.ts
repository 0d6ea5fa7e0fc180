import { knownConnectors, openApp } from '../app.js';
import { backUpHouse } from '../backup/back-up-house.js';
import { listBackups } from '../backup/backup-files.js';
import { type HouseRestore, type HouseRestored, restoreHouse } from '../backup/restore-house.js';
import type { TakenBackup } from '../backup/take-backup.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { dataKey } from '../config/key.js';
import { loadConfig } from '../config/load-config.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { enterHouse } from '../house-process.js';
import type { AddCommand } from './command.js';
import type { Stage } from './stage.js';
import { table } from './table.js';

/** `omnifeed backup`: one now, or the list. */
export const addBackup: AddCommand = (backup, on) => {
  backup
    .command('now', { isDefault: true })
    .description('take a backup now')
    .action(
      on(async (stage, { options }) => {
        const config = await configOf(stage, options.config);
        stage.progress.update('copying, sealing and reading back');
        const taken = await backUpHouse(
          config,
          await dataKey(config.keyFile, stage.environment),
          systemClock.now(),
        );
        stage.show(taken as unknown as JsonValue, () => takenText(taken));
        return 0;
      }),
    );
  backup
    .command('list')
    .description('the backups there are, newest first')
    .action(
      on(async (stage, { options }) => {
        const { backups } = await configOf(stage, options.config);
        const found = await listBackups(backups.folder);
        stage.show({ folder: backups.folder, backups: found } as unknown as JsonValue, () =>
          found.length === 0
            ? `there is no backup in ${backups.folder}; take one with omnifeed backup`
            : `${backups.folder}\n${table(
                ['at', 'what', 'file'],
                found.map(({ at, kind, name }) => [at, kind, name]),
              )}`,
        );
        return 0;
      }),
    );
};

interface RestoreOptions {
  readonly keys?: string;
  readonly native?: boolean;
  readonly yes?: boolean;
}

/** `omnifeed restore`: puts a backup in the place of the database; nothing is sent until somebody has looked. */
export const addRestore: AddCommand = (command, on) => {
  command
    .option('--keys <file>', 'also put back the keys of buyers, when the key ring is lost')
    .option(
      '--native',
      'the database was put back by its own tools (Postgres): only pause the channels and start over with what they show',
    )
    .option('--yes', 'do it; without it only what would happen is told')
    .action(
      on<RestoreOptions>(async (stage, { args, options }) => {
        const config = await configOf(stage, options.config);
        const [file] = args;
        if (file === undefined && options.native !== true) throw nothingNamed();
        if (options.yes !== true) {
          const told =
            file === undefined
              ? 'Every channel would be paused until you resume it. Run it again with --yes.'
              : `${config.database} would be moved aside and ${file} put in its place. Run it again with --yes.`;
          stage.show({ restored: false, file: file ?? null }, () => told);
          return 1;
        }
        const done = await restored(stage, config, { main: file, keys: options.keys });
        stage.show(done as unknown as JsonValue, () => restoredText(done));
        return 0;
      }),
    );
};

async function restored(stage: Stage, config: Config, files: HouseRestore['files']): Promise<HouseRestored> {
  stage.progress.update('opening and reading the backup');
  return restoreHouse(
    {
      places: { main: config.database, keys: config.keyRing },
      files,
      key: () => dataKey(config.keyFile, stage.environment),
      enter: (database) => enterHouse(database, systemClock),
      async open() {
        const app = await openApp(config.file, { environment: stage.environment });
        const channels = config.channels.map(({ id }) => ({
          id,
          readsBack: app.open(id).listings?.observe !== undefined,
        }));
        return { database: app.database, channels, close: () => app.close() };
      },
    },
    systemClock.now(),
  );
}

async function configOf(stage: Stage, file: string): Promise<Config> {
  return loadConfig(file, knownConnectors(), stage.environment);
}

function takenText(taken: TakenBackup): string {
  const lines = taken.files.map(({ kind, file, bytes, rows }) => {
    const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
    return `${kind}: ${file} (${(bytes / 1024 ** 2).toFixed(1)} MiB, ${count} rows read back)`;
  });
  return [...lines, `${taken.removed.length} older backups removed`].join('\n');
}

function restoredText({ main, keys, channels }: HouseRestored): string {
  const lines = [
    main === null
      ? 'the house starts over with what channels show'
      : `the backup of ${main.backup.at} is in place`,
  ];
  if (main !== null && main.aside !== null) lines.push(`what was there is now ${main.aside}`);
  if (keys !== null) lines.push(`keys of buyers of ${keys.backup.at} are in place`);
  if (channels.length > 0)
    lines.push(
      `paused (restored): ${channels.map(({ id }) => id).join(', ')}. For each one:`,
      '  omnifeed observe CHANNEL   reads back what it shows now and sends nothing',
      '  omnifeed plan CHANNEL      shows what would be sent',
      '  omnifeed resume CHANNEL    puts it to work again',
    );
  return lines.join('\n');
}

function nothingNamed(): OperatorError {
  return new OperatorError(
    'no_backup_named',
    'No backup is named',
    'Name a file of `omnifeed backup list`; on Postgres put the database back with its own tools and use --native.',
  );
}
