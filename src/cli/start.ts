import { existsSync } from 'node:fs';
import { newEntryToken } from '../access/entry-tokens.js';
import { noUsers } from '../access/users.js';
import { doorsOf } from '../api/doors.js';
import { opsDoor } from '../api/ops-door.js';
import { type Door, type HttpServer, serveHttp } from '../api/server.js';
import type { App } from '../app.js';
import { CONFIG_NAME } from '../config/config-name.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { enterHouse } from '../house-process.js';
import { type HouseMetrics, openMetrics } from '../metrics/prometheus.js';
import { workOn } from '../start.js';
import type { AddCommand } from './command.js';
import { writeFirstConfig } from './init.js';
import { version } from './program.js';
import type { ExitCode, Stage } from './stage.js';
import { countOf, withApp } from './with-app.js';

interface Options {
  readonly concurrency?: string;
}

interface WorkerOptions extends Options {
  readonly healthPort?: string;
}

const CONCURRENCY = 6;

/** `omnifeed start`: the whole house in one process. */
export const addStart: AddCommand = (command, on) => {
  command.option('--concurrency <n>', `jobs at once (default ${CONCURRENCY})`).action(
    on<Options>(async (stage, { options }) => {
      await beginUnlessThere(stage, options.config);
      const metrics = openMetrics(version());
      const work = async (app: App): Promise<ExitCode> => {
        await refuseForgetful(app.database);
        const leave = await enterHouse(app.database, app.clock);
        app.log.info({ sources: app.config.sources.length, channels: app.config.channels.length }, 'started');
        const doors = doorsOf(app, version());
        const { port } = app.config.http;
        const served = { doors, metrics, stopping: stage.signal, port };
        const server = doors.length === 0 ? null : await serve(app, served);
        try {
          if (server !== null && app.config.http.console) await sayHowToEnter(stage, app, server.url);
          await workOn(app, {
            concurrency: countOf(options.concurrency, CONCURRENCY),
            schedules: true,
            signal: stage.signal,
          });
        } finally {
          await server?.close();
          await leave();
        }
        app.log.info({}, 'stopped');
        return 0;
      };
      return withApp(stage, options, work, { meters: metrics.meters });
    }),
  );
};

/** A database that does not keep what it was given is not worked on: nothing could be promised. Throws `database_forgets`. */
async function refuseForgetful(database: Database): Promise<void> {
  const bad = (await database.durability()).filter(({ ok }) => !ok);
  if (bad.length === 0) return;
  const facts = bad.map(({ name, value, wanted }) => `${name} is ${value} and must be ${wanted}`).join('; ');
  throw new OperatorError(
    'database_forgets',
    `The database may lose what it said it had kept: ${facts}`,
    'Set it on the server and restart it; `omnifeed doctor` shows every setting that matters.',
  );
}

/** Where there is no configuration at all, the first one is written: the rest is set up in the console. */
async function beginUnlessThere(stage: Stage, config: string): Promise<void> {
  if (config !== CONFIG_NAME || existsSync(config)) return;
  const { file } = await writeFirstConfig(config);
  stage.say(`There was no configuration: wrote ${file}.`);
}

interface Served {
  readonly doors: readonly Door[];
  readonly metrics: HouseMetrics;
  /** Aborted when the process was told to stop. */
  readonly stopping: AbortSignal;
  readonly port: number;
}

/** The door of operations stands beside the others. */
function serve(app: App, { doors, metrics, stopping, port }: Served): Promise<HttpServer> {
  const { host, trustProxy, publicUrl } = app.config.http;
  const https = publicUrl?.startsWith('https:') === true;
  const ops = opsDoor({ app, version: version(), metrics, stopping });
  return serveHttp([ops, ...doors], { host, port, trustProxy, https, log: app.log });
}

async function sayHowToEnter(stage: Stage, app: App, url: string): Promise<void> {
  const { database, config, clock } = app;
  const base = (config.http.publicUrl ?? url).replace(/\/$/, '');
  if (!(await noUsers(database))) {
    stage.say(`The console is at ${base}/`);
    return;
  }
  const { token } = await newEntryToken(database, null, clock.now());
  stage.say(
    `Open ${base}/setup?token=${token}\nIt is good once, for 30 minutes; \`omnifeed setup-token\` prints a new one.`,
  );
}

/** `omnifeed worker`: more hands for a house on Postgres and Redis. */
export const addWorker: AddCommand = (command, on) => {
  command
    .option('--concurrency <n>', `jobs at once (default ${CONCURRENCY})`)
    .option(
      '--health-port <port>',
      'serve /livez, /readyz, /statusz and /metrics there (0: any free port; absent: nowhere)',
    )
    .action(
      on<WorkerOptions>(async (stage, { options }) => {
        const port = healthPort(options.healthPort);
        const metrics = openMetrics(version());
        const work = async (app: App): Promise<ExitCode> => {
          if (app.database.engine === 'sqlite') {
            throw new OperatorError(
              'worker_needs_postgres',
              'Workers beside the main process need a database they can share',
              'Set `database: postgres://…` (and `queue: redis://…`), or use `omnifeed start` alone.',
            );
          }
          await refuseForgetful(app.database);
          const served = { doors: [], metrics, stopping: stage.signal };
          const server = port === null ? null : await serve(app, { ...served, port });
          try {
            await workOn(app, {
              concurrency: countOf(options.concurrency, CONCURRENCY),
              schedules: false,
              signal: stage.signal,
            });
          } finally {
            await server?.close();
          }
          return 0;
        };
        return withApp(stage, options, work, { meters: metrics.meters });
      }),
    );
};

function healthPort(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new OperatorError(
    'bad_port',
    `--health-port "${text}" is no port`,
    'Give a whole number from 0 to 65535.',
  );
}
