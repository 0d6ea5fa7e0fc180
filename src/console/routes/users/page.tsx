import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserRow } from '../../../api/shapes/access.js';
import { useWhyNot } from '../../app/session.js';
import { SettingsTabs } from '../../shell/settings-tabs.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { Button } from '../../ui/button/button.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { ChangeUser } from './parts/change-user.js';
import { InviteUser, ShownAddress } from './parts/invite-user.js';
import { type Invitation, usersQuery } from './queries.js';
import styles from './users.module.css';

/** Who may sign in, and what they may do. */
export function UsersPage() {
  const query = useQuery(usersQuery);
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<UserRow | null>(null);
  const [invited, setInvited] = useState<Invitation | null>(null);
  const whyNot = useWhyNot()('settings:write');
  const { data, error } = query;
  return (
    <>
      <PageHead
        title={say('users.title')}
        name={[say('users.title'), say('place.settings')]}
        actions={
          <Button kind="primary" whyNot={whyNot} onPress={() => setInviting(true)}>
            {say('users.invite')}
          </Button>
        }
      />
      <SettingsTabs />
      <div className={styles.page}>
        {invited && <ShownAddress invitation={invited} />}
        {error && <LoadError error={error} retry={() => void query.refetch()} />}
        {!data && !error && <Waiting rows={4} />}
        {data && <Rows rows={data.items} whyNot={whyNot} onChange={setChanging} />}
      </div>
      {inviting && <InviteUser onInvited={setInvited} onClose={() => setInviting(false)} />}
      {changing && <ChangeUser user={changing} onInvited={setInvited} onClose={() => setChanging(null)} />}
    </>
  );
}

interface RowsProps {
  readonly rows: readonly UserRow[];
  readonly whyNot: string | null;
  onChange(user: UserRow): void;
}

function Rows({ rows, whyNot, onChange }: RowsProps) {
  return (
    <div className={styles.list}>
      <DataTable<UserRow>
        caption={say('users.title')}
        rows={rows}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        columns={[
          {
            id: 'name',
            head: say('users.name'),
            priority: 1,
            cell: ({ name, email }) => (
              <>
                <bdi>{name}</bdi>
                <bdi className={styles.dim}>{email}</bdi>
              </>
            ),
          },
          {
            id: 'role',
            head: say('users.role'),
            width: 'medium',
            priority: 1,
            cell: ({ role }) => say(`role.${role}`),
          },
          {
            id: 'state',
            head: say('users.state'),
            width: 'medium',
            cell: ({ disabledAt, hasPassword }) =>
              say(disabledAt !== null ? 'users.out' : hasPassword ? 'users.in' : 'users.invited'),
          },
          {
            id: 'factor',
            head: say('users.factor'),
            width: 'medium',
            priority: 3,
            cell: ({ secondFactor }) => say(secondFactor ? 'settings.yes' : 'users.no_factor'),
          },
          {
            id: 'seen',
            head: say('users.signed_in'),
            width: 'medium',
            cell: ({ signedInAt }) => (signedInAt === null ? say('overview.never') : <Age at={signedInAt} />),
          },
          {
            id: 'change',
            head: say('users.change'),
            width: 'medium',
            priority: 1,
            cell: (user) => (
              <Button
                whyNot={whyNot}
                aria-label={say('users.change_of', { name: user.name })}
                onPress={() => onChange(user)}
              >
                {say('users.change')}
              </Button>
            ),
          },
        ]}
      />
    </div>
  );
}
