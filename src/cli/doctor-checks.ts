import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Connector } from '../channel/connector.js';
import { type Sealer, type SecretShelf, sealer } from '../channel/credentials.js';
import { type HttpClient, httpClient } from '../channel/http.js';
import { tokenBucket } from '../channel/throttle.js';
import { systemClock } from '../clock.js';
import type { ChannelConfig, Config } from '../config/config.js';
import { dataKey } from '../config/key.js';
import { connectDatabase } from '../db/connect.js';
import type { DurabilityFact } from '../db/database.js';
import { type SchemaState, schemaState } from '../db/migrate.js';
import { OmnifeedError } from '../domain/errors.js';
import type { Issue } from '../domain/issue.js';
import { houseLog } from '../log/log.js';
import { smtpPostman } from '../mail/smtp-postman.js';
import { readFeeFile } from '../profit/fee-file.js';
import { redisFacts } from '../queue/redis-facts.js';
import { channelSecrets } from '../setup/channel-secrets.js';

/** One thing the doctor looked at. */
export interface Finding {
  /** `database`, `queue`, `clock`, `disk`, `key`, `mail` or the id of a channel. */
  readonly about: string;
  readonly state: 'ok' | 'warning' | 'error';
  readonly message: string;
  /** What to do; empty when nothing is. */
  readonly advice: string;
}

/** Connects to the database (which brings its tables up to date) and reads back what durability depends on. */
export async function databaseFindings(config: Config): Promise<Finding[]> {
  return asFindings('database', async () => {
    const database = await connectDatabase(config.database);
    try {
      const facts = (await database.durability()).map((fact) => factFinding('database', fact));
      return [...facts, schemaFinding(await schemaState(database))];
    } finally {
      await database.close();
    }
  });
}

/** Tables are brought up to date by whoever opens them; here somebody looks whether that worked. */
function schemaFinding({ missing, unknown }: SchemaState): Finding {
  if (missing.length + unknown.length === 0) return ok('database', 'its tables are those of this version');
  const message = `its tables are not those of this version (${[...missing, ...unknown].join(', ')})`;
  return {
    about: 'database',
    state: 'error',
    message,
    advice: 'Stop every other version of Omnifeed and start this one.',
  };
}

/** The embedded queue needs nothing of its own; Redis must neither evict nor forget. */
export async function queueFindings(config: Config): Promise<Finding[]> {
  if (config.queue === 'embedded') return [ok('queue', 'embedded in the database')];
  return asFindings('queue', async () =>
    (await redisFacts(config.queue)).map((fact) => {
      const found = factFinding('queue', fact);
      // Redis holds hints only: what it loses costs time, not work.
      return found.state === 'ok' ? found : { ...found, state: 'warning' as const };
    }),
  );
}

function factFinding(about: string, { name, value, wanted, ok: good }: DurabilityFact): Finding {
  if (good) return ok(about, `${name} = ${value}`);
  const message = `${name} is ${value} and must be ${wanted}`;
  return { about, state: 'error', message, advice: `Set ${name} to ${wanted} on the server and restart it.` };
}

/** Whether letters to staff can be handed in. Nothing is sent. */
export async function mailFindings({ mail }: Config): Promise<Finding[]> {
  if (mail === null) return [];
  return asFindings('mail', async () => {
    await smtpPostman(mail).check();
    return [ok('mail', `${new URL(mail.server).hostname} takes letters from ${mail.from}`)];
  });
}

const LEAST_FREE_BYTES = 500 * 1024 ** 2;
const LEAST_FREE_SHARE = 0.05;

/** Free space where a SQLite file lies. A remote database watches its own. */
export async function diskFindings(config: Config): Promise<Finding[]> {
  const local = !/^postgres/.test(config.database) && config.database !== ':memory:';
  const folder = local ? path.dirname(config.database) : config.folder;
  return asFindings('disk', async () => {
    const space = await statfs(folder);
    const free = space.bavail * space.bsize;
    const shown = `${(free / 1024 ** 3).toFixed(1)} GiB free in ${folder}`;
    if (free >= LEAST_FREE_BYTES && space.bavail >= space.blocks * LEAST_FREE_SHARE)
      return [ok('disk', shown)];
    const advice = 'Make room: a database that cannot write stops all work.';
    return [{ about: 'disk', state: free < LEAST_FREE_BYTES ? 'error' : 'warning', message: shown, advice }];
  });
}

/** The data key. A house without orders can do without one. */
export async function keyFindings(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Finding[]> {
  const found = await asFindings('key', async () => {
    await dataKey(config.keyFile, environment);
    return [ok('key', 'the data key is there and strong')];
  });
  const sells = config.channels.some((channel) => channel.orders.policy !== 'none');
  return sells
    ? found
    : found.map((finding) => (finding.state === 'error' ? { ...finding, state: 'warning' } : finding));
}

/** The fee file of a channel that names one. */
export async function feeFindings({ id, currency, profit }: ChannelConfig): Promise<Finding[]> {
  const file = profit?.fees ?? null;
  if (file === null) return [];
  return asFindings(id, async () => {
    const { fees } = await readFeeFile(file, currency);
    return [ok(id, `the fee file has ${fees.map(({ name }) => name).join(', ')}`)];
  });
}

/** What channels gave the house to keep, read each time from its database. */
export function keptSecrets(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  channel: string,
): SecretShelf {
  const opened = async <Result>(work: (shelf: SecretShelf) => Promise<Result>): Promise<Result> => {
    const database = await connectDatabase(config.database);
    const key = async (): Promise<Sealer> => sealer(await dataKey(config.keyFile, environment));
    try {
      return await work(channelSecrets({ database, sealer: key, clock: systemClock }, channel));
    } finally {
      await database.close();
    }
  };
  return {
    read: (name) => opened((shelf) => shelf.read(name)),
    keep: (name, text) => opened((shelf) => shelf.keep(name, text)),
  };
}

const WARN_SKEW_MS = 30_000;
const FAIL_SKEW_MS = 300_000;

/** What a channel's own cheapest call says, and how far its clock is from ours. */
export async function channelFindings(
  channel: ChannelConfig,
  connector: Connector,
  given: { readonly signal: AbortSignal; readonly secrets: SecretShelf },
): Promise<{ findings: Finding[]; skewMs: number | null }> {
  const { signal, secrets } = given;
  const http = listening(httpClient(signal));
  const findings = await asFindings(channel.id, async () => {
    const open = connector.open(channel.settings, {
      channel,
      http: http.client,
      clock: systemClock,
      log: houseLog({ level: 'silent' }),
      signal,
      bucket: (_name, spec) => tokenBucket(spec, systemClock),
      secrets,
    });
    const issues = await open.check();
    return issues.length === 0
      ? [ok(channel.id, `${connector.title} answers`)]
      : issues.map((issue) => issueFinding(channel.id, issue));
  });
  return { findings, skewMs: http.skewMs() };
}

/** The largest difference to any clock that answered. Signed tokens are refused when the clocks disagree. */
export function clockFindings(skews: readonly (number | null)[]): Finding[] {
  const known = skews.filter((skew): skew is number => skew !== null);
  if (known.length === 0) return [ok('clock', `${systemClock.now()}; no channel told its time`)];
  const worst = known.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  const message = `${Math.round(worst / 1_000)} s from the channels' clocks`;
  if (Math.abs(worst) <= WARN_SKEW_MS) return [ok('clock', message)];
  const state = Math.abs(worst) > FAIL_SKEW_MS ? 'error' : 'warning';
  return [{ about: 'clock', state, message, advice: 'Set the clock of this machine with NTP.' }];
}

function listening(client: HttpClient): { client: HttpClient; skewMs(): number | null } {
  let skew: number | null = null;
  return {
    skewMs: () => skew,
    client: {
      async send(request) {
        const reply = await client.send(request);
        const theirs = Date.parse(reply.headers.date ?? '');
        // Date headers have whole seconds: half a second is the middle.
        if (!Number.isNaN(theirs)) skew = Date.parse(systemClock.now()) - (theirs + 500);
        return reply;
      },
    },
  };
}

function issueFinding(about: string, issue: Issue): Finding {
  const state = issue.severity === 'error' ? 'error' : issue.severity === 'warning' ? 'warning' : 'ok';
  return { about, state, message: issue.message, advice: issue.advice ?? '' };
}

function ok(about: string, message: string): Finding {
  return { about, state: 'ok', message, advice: '' };
}

/** A check that cannot be made is a finding; a defect of ours is not. */
export async function asFindings(about: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof OmnifeedError) {
      return [{ about, state: 'error', message: `${error.code}: ${error.message}`, advice: error.advice }];
    }
    if (error instanceof Error && 'syscall' in error) {
      return [{ about, state: 'error', message: error.message, advice: 'Check path and rights.' }];
    }
    throw error;
  }
}
