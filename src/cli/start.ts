import { doorsOf } from '../api/doors.js';
import { serveHttp } from '../api/server.js';
import { OperatorError } from '../domain/errors.js';
import { enterHouse } from '../house-process.js';
import { workOn } from '../start.js';
import type { AddCommand } from './command.js';
import { countOf, withApp } from './with-app.js';

interface Options {
  readonly concurrency?: string;
}

const CONCURRENCY = 6;

/** `omnifeed start`: the whole house in one process. */
export const addStart: AddCommand = (program, on) => {
  program
    .command('start')
    .description('keep everything in step: schedules and all jobs in one process, until Ctrl-C')
    .option('--concurrency <n>', `jobs at once (default ${CONCURRENCY})`)
    .action(
      on<Options>(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const leave = await enterHouse(app.database, app.clock);
          app.log.info(
            { sources: app.config.sources.length, channels: app.config.channels.length },
            'started',
          );
          const doors = doorsOf(app);
          const server =
            doors.length > 0 ? await serveHttp(doors, { ...app.config.http, log: app.log }) : null;
          try {
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
        }),
      ),
    );
};

/** `omnifeed worker`: more hands for a house on Postgres and Redis. */
export const addWorker: AddCommand = (program, on) => {
  program
    .command('worker')
    .description('take jobs beside `omnifeed start`; needs a Postgres database')
    .option('--concurrency <n>', `jobs at once (default ${CONCURRENCY})`)
    .action(
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
