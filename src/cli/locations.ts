import type { JsonValue } from '../domain/json.js';
import { isOpen, opensAt } from '../stores/opening-hours.js';
import type { AddCommand } from './command.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

/** `omnifeed locations`: warehouses and stores, what is done there, and whether people are there. */
export const addLocations: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { options }) =>
      withApp(stage, options, async (app) => {
        const now = app.clock.now();
        const rows = app.config.locations.map((location) => ({
          id: location.id,
          name: location.name,
          code: location.code,
          zone: location.zone,
          uses: location.uses,
          priority: location.priority,
          open: isOpen(location, now),
          opensAt: opensAt(location, now),
          emails: location.staff.emails.length,
          webhook: location.staff.webhook !== null,
        }));
        stage.show(rows as unknown as JsonValue, () => locationsText(rows));
        return 0;
      }),
    ),
  );
};

interface LocationLine {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly uses: readonly string[];
  readonly priority: number;
  readonly open: boolean | null;
  readonly opensAt: string | null;
  readonly emails: number;
  readonly webhook: boolean;
}

function locationsText(rows: readonly LocationLine[]): string {
  if (rows.length === 0) return 'no locations: add them under `locations` in omnifeed.yaml';
  return table(
    ['location', 'code', 'name', 'priority', 'done there', 'now', 'staff told by'],
    rows.map((row) => [
      row.id,
      row.code ?? '',
      row.name,
      row.priority,
      row.uses.join(', '),
      nowText(row),
      [...(row.emails > 0 ? ['e-mail'] : []), ...(row.webhook ? ['webhook'] : [])].join(', '),
    ]),
  );
}

function nowText({ open, opensAt: next }: LocationLine): string {
  if (open === null) return 'hours not said';
  if (open) return 'open';
  return next === null ? 'closed' : `opens ${next}`;
}
