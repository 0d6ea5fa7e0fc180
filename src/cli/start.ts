import { existsSync } from 'node:fs';
import { newEntryToken } from '../access/entry-tokens.js';
import { noUsers } from '../access/users.js';
import { doorsOf } from '../api/doors.js';
import { type HttpServer, serveHttp } from '../api/server.js';
import type { App } from '../app.js';
import { CONFIG_NAME } from '../config/config-name.js';
import { OperatorError } from '../domain/errors.js';
import { enterHouse } from '../house-process.js';
import { workOn } from '../start.js';
import type { AddCommand } from './command.js';
import { writeFirstConfig } from './init.js';
import { version } from './program.js';
import type { Stage } from './stage.js';
import { countOf, withApp } from './with-app.js';

interface Options {
  readonly concurrency?: string;
}

const CONCURRENCY = 6;

/** `omnifeed start`: the whole house in one process. */
export const addStart: AddCommand = (command, on) => {
  command.option('--concurrency <n>', `jobs at once (default ${CONCURRENCY})`).action(
    on<Options>(async (stage, { options }) => {
      await beginUnlessThere(stage, options.config);
      return withApp(stage, options, async (app) => {
        const leave = await enterHouse(app.database, app.clock);
        app.log.info({ sources: app.config.sources.length, channels: app.config.channels.length }, 'started');
        const server = await openDoors(app);
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
      });
    }),
  );
};

/** Where there is no configuration at all, the first one is written: the rest is set up in the console. */
async function beginUnlessThere(stage: Stage, config: string): Promise<void> {
  if (config !== CONFIG_NAME || existsSync(config)) return;
  const { file } = await writeFirstConfig(config);
  stage.say(`There was no configuration: wrote ${file}.`);
}

async function openDoors(app: App): Promise<HttpServer | null> {
  const doors = doorsOf(app, version());
  if (doors.length === 0) return null;
  const { host, port, trustProxy, publicUrl } = app.config.http;
  const https = publicUrl?.startsWith('https:') === true;
  return serveHttp(doors, { host, port, trustProxy, https, log: app.log });
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
  command.option('--concurrency <n>', `jobs at once (default ${CONCURRENCY})`).action(
    on<Options>(async (stage, { options }) =>
      withApp(stage, options, async (app) => {
        if (app.database.engine === 'sqlite') {
          throw new OperatorError(
            'worker_needs_postgres',
            'Workers beside the main process need a database they can share',
            'Set `database: postgres://…` (and `queue: redis://…`), or use `omnifeed start` alone.',
          );
        }
        await workOn(app, {
          concurrency: countOf(options.concurrency, CONCURRENCY),
          schedules: false,
          signal: stage.signal,
        });
        return 0;
      }),
    ),
  );
};
