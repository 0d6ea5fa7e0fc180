import { OperatorError } from '../domain/errors.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

/** `omnifeed revive`: lets a job run again that failed too often. */
export const addRevive: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { args, options }) =>
      withApp(stage, options, async (app) => {
        const [job = '', key = ''] = args;
        if (!(await app.queue.revive(job, key))) {
          throw new OperatorError(
            'not_dead',
            `The job ${job} ${key} is not dead`,
            '`omnifeed status` lists dead jobs.',
          );
        }
        stage.show({ job, key, revived: true }, () => `${job} ${key} runs again`);
        return 0;
      }),
    ),
  );
};
