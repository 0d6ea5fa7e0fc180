import { verifyAudit } from '../access/audit-log.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

/** `omnifeed audit verify`: whether the audit log is as it was written. */
export const addAudit: AddCommand = (audit, on) => {
  audit
    .command('verify')
    .description('check every entry; note the last hash elsewhere to see later that none was cut off')
    .action(
      on(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const found = await verifyAudit(app.database);
          stage.show({ ...found }, () =>
            found.brokenAt === null
              ? `${found.entries} entries, all as they were written; the last is ${found.head}`
              : `Entry ${found.brokenAt} is not as it was written, or is missing. The ${found.entries} before it are.`,
          );
          return found.brokenAt === null ? 0 : 1;
        }),
      ),
    );
};
