import type { JsonValue } from '../domain/json.js';
import { houseStatus } from '../status.js';
import type { AddCommand } from './command.js';
import { showStatus } from './show-status.js';
import { withApp } from './with-app.js';

/** `omnifeed status`: how everything stands, in a few lines. */
export const addStatus: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { options }) =>
      withApp(stage, options, async (app) => {
        const status = await houseStatus(app);
        stage.show(status as unknown as JsonValue, () => showStatus(status));
        return status.deadJobs.length > 0 || status.problems.some((problem) => problem.severity === 'error')
          ? 1
          : 0;
      }),
    ),
  );
};
