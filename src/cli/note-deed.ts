import { COMMAND_LINE, writeDown } from '../access/audit-log.js';
import type { App } from '../app.js';
import type { JsonValue } from '../domain/json.js';

/** Writes into the audit log what somebody did on the command line. Never secrets, never buyers. */
export async function noteDeed(
  app: App,
  action: string,
  { object, after }: { readonly object: string; readonly after: JsonValue },
): Promise<void> {
  await writeDown(app.database, COMMAND_LINE, {
    action,
    object,
    outcome: 'done',
    before: null,
    after,
    at: app.clock.now(),
  });
}
