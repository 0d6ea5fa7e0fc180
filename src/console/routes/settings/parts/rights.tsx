import type { Settings } from '../../../../api/shapes/settings.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { DataTable } from '../../../ui/data-table/data-table.js';
import { ROLES } from '../../users/roles.js';

type Right = Settings['rights'][number];

/** What each role may do, in words. */
export function Rights({ rights }: { readonly rights: Settings['rights'] }) {
  return (
    <Card title={say('settings.rights')} flush>
      <DataTable<Right>
        caption={say('settings.rights')}
        rows={rights}
        keyOf={({ permission }) => permission}
        nameOf={({ says }) => says}
        columns={[
          {
            id: 'says',
            head: say('settings.may'),
            priority: 1,
            cell: ({ says, secondFactor }) =>
              secondFactor
                ? say('settings.with_factor', { says })
                : says.charAt(0).toUpperCase() + says.slice(1),
          },
          ...ROLES.map((role) => ({
            id: role,
            head: say(`role.${role}`),
            width: 'narrow' as const,
            cell: ({ roles }: Right) => (roles.includes(role) ? say('settings.yes') : ''),
          })),
        ]}
      />
    </Card>
  );
}
