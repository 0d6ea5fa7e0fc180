import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { COMMAND_LINE } from '../access/audit-log.js';
import type { App } from '../app.js';
import { type Consent, recordConsents } from '../buyers/consent.js';
import { consentOf, readConsentFile } from '../buyers/consent-file.js';
import { CUSTOMER_COLUMN_SETS, type CustomerColumnSet } from '../buyers/customer-columns.js';
import {
  type CustomerTarget,
  type HandedOut,
  handOutCustomers,
  pastExports,
} from '../buyers/hand-out-customers.js';
import { httpClient } from '../channel/http.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { csvText, safeCell } from '../reports/safe-csv.js';
import type { AddCommand } from './command.js';
import type { ExitCode, Stage } from './stage.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

/** Options of `buyers export --consented`. */
export interface CustomerOptions {
  readonly columns?: string;
  readonly output?: string;
  readonly webhook?: boolean;
}

interface ConsentOptions {
  readonly email?: string;
  readonly source?: string;
  readonly at?: string;
  readonly withdrawn?: boolean;
  readonly file?: string;
}

/** `buyers export --consented`: customers who agreed, for CRM and marketing tools. */
export async function exportConsented(app: App, stage: Stage, options: CustomerOptions): Promise<ExitCode> {
  const columns = columnsOf(options.columns ?? 'plain');
  const target = targetOf(app, options);
  const allowed = app.config.channels
    .filter(({ connector }) => app.connectors.get(connector).buyerRules?.marketing === 'with-consent')
    .map(({ id }) => id);
  const { database, clock } = app;
  const source = { database, vault: await app.buyers(), allowed };
  const done = await handOutCustomers({ source, columns, target, actor: COMMAND_LINE, clock });
  stage.show(done as unknown as JsonValue, () => handedOutText(done, options));
  return 0;
}

function handedOutText({ customers, counts }: HandedOut, { output }: CustomerOptions): string {
  const { seen, handedOut, forbidden, noConsent, withdrawn, unknown } = counts;
  return [
    `${customers} customers handed out${output === undefined ? '' : ` to ${output}`}`,
    `${seen} orders with a buyer = ${handedOut} of them + ${forbidden} of channels that forbid it + ${noConsent} without consent + ${withdrawn} withdrawn + ${unknown} not known by address`,
  ].join('\n');
}

function targetOf(app: App, { output, webhook }: CustomerOptions): CustomerTarget {
  if (webhook === true && output === undefined) {
    const { customerExport } = app.config;
    if (customerExport !== null) return { way: 'webhook', ...customerExport, http: httpClient(app.signal) };
    throw new OperatorError(
      'no_customer_export',
      'The configuration names no address for customers',
      'Add `customerExport: { url: https://…, secret: … }`, or write a file with --output.',
    );
  }
  if (output !== undefined && webhook !== true)
    return {
      way: 'file',
      name: path.basename(output),
      async write(headings, rows) {
        const cells = rows.map((row) => row.map(safeCell));
        // Only for who writes it: it is full of addresses.
        await writeFile(output, csvText(headings, cells), { mode: 0o600 });
      },
    };
  throw new OperatorError(
    'where_to',
    'It is not clear where the customers go',
    'Name a file with --output customers.csv, or post them with --webhook.',
  );
}

function columnsOf(text: string): CustomerColumnSet {
  const known = CUSTOMER_COLUMN_SETS.find((name) => name === text);
  if (known !== undefined) return known;
  throw new OperatorError(
    'unknown_columns',
    `There are no columns "${text}"`,
    `Use ${CUSTOMER_COLUMN_SETS.join(', ')}.`,
  );
}

/** `buyers consent` and `buyers exports`: who agreed, and what was handed out. */
export function addConsents(buyers: Command, on: Parameters<AddCommand>[1]): void {
  buyers
    .command('consent')
    .description(
      'record that a person agreed to marketing, or withdrew: where and when they said so; the address itself is not kept',
    )
    .option('--email <address>', 'whose')
    .option('--source <text>', 'where they said so, such as "newsletter form"')
    .option('--at <instant>', 'when, such as 2026-11-25T14:00:00Z (default: now)')
    .option('--withdrawn', 'they withdrew it')
    .option('--file <consents.csv>', 'many: columns email, at, source, action (given or withdrawn)')
    .action(
      on<ConsentOptions>(async (stage, { options }) =>
        withApp(stage, options, (app) => consent(app, stage, options)),
      ),
    );
  buyers
    .command('exports')
    .description('which customers were handed out, when, by whom and where to')
    .action(
      on(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const rows = await pastExports(app.database, 100);
          stage.show(rows as unknown as JsonValue, () =>
            rows.length === 0
              ? 'nothing was handed out'
              : table(
                  ['at', 'by', 'way', 'to', 'columns', 'state', 'customers'],
                  rows.map((row) => [
                    row.at,
                    row.by,
                    row.way,
                    row.target,
                    row.columns,
                    row.state,
                    row.customers,
                  ]),
                ),
          );
          return 0;
        }),
      ),
    );
}

async function consent(app: App, stage: Stage, options: ConsentOptions): Promise<ExitCode> {
  const now = app.clock.now();
  const { consents, mistakes } =
    options.file === undefined
      ? { consents: [oneConsent(options, now)], mistakes: [] }
      : await readConsentFile(options.file, now);
  const { marker } = await app.buyers();
  const added = await app.database.transaction((tx) =>
    recordConsents(tx, consents, { marker, by: 'operator', now }),
  );
  stage.show({ recorded: added, known: consents.length - added, mistakes } as unknown as JsonValue, () =>
    [
      `${added} recorded, ${consents.length - added} known before, ${mistakes.length} rows not read`,
      ...mistakes.slice(0, 50).map(({ row, message }) => `  row ${row}: ${message}`),
    ].join('\n'),
  );
  return mistakes.length > 0 ? 1 : 0;
}

function oneConsent({ email, source, at, withdrawn }: ConsentOptions, now: string): Consent {
  const read = consentOf(
    { email, source, at: at ?? now, action: withdrawn === true ? 'withdrawn' : 'given' },
    now,
  );
  if (typeof read !== 'string') return read;
  throw new OperatorError(
    'bad_consent',
    `The consent cannot be recorded: ${read}`,
    'Name --email and --source, or a --file.',
  );
}
