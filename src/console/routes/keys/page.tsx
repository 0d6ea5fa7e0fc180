import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKeyRow } from '../../../api/shapes/access.js';
import { useWhyNot } from '../../app/session.js';
import { SettingsTabs } from '../../shell/settings-tabs.js';
import { moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { Button } from '../../ui/button/button.js';
import { Code } from '../../ui/code/code.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { Confirm } from '../../ui/dialog/dialog.js';
import { EmptyState, LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import users from '../users/users.module.css';
import { MakeKey } from './parts/make-key.js';
import { keysQuery, revokeKey } from './queries.js';

/** API keys: what each may do, until when, when it was used. */
export function KeysPage() {
  const query = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<ApiKeyRow | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const whyNot = useWhyNot()('settings:write');
  const { data, error } = query;
  const make = (
    <Button kind="primary" whyNot={whyNot} onPress={() => setMaking(true)}>
      {say('keys_api.make')}
    </Button>
  );
  return (
    <>
      <PageHead
        title={say('keys_api.title')}
        name={[say('keys_api.title'), say('place.settings')]}
        actions={data?.items.length !== 0 && make}
      />
      <SettingsTabs />
      <div className={users.page}>
        {secret !== null && (
          <Notice tone="note">
            <p>{say('keys_api.shown')}</p>
            <Code copy>{secret}</Code>
          </Notice>
        )}
        {error && <LoadError error={error} retry={() => void query.refetch()} />}
        {!data && !error && <Waiting rows={4} />}
        {data?.items.length === 0 && (
          <EmptyState title={say('keys_api.empty')} action={make}>
            {say('keys_api.empty_text')}
          </EmptyState>
        )}
        {data && data.items.length > 0 && <Rows rows={data.items} whyNot={whyNot} onEnd={setEnding} />}
      </div>
      {making && <MakeKey onMade={setSecret} onClose={() => setMaking(false)} />}
      {ending && <EndKey apiKey={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

interface RowsProps {
  readonly rows: readonly ApiKeyRow[];
  readonly whyNot: string | null;
  onEnd(key: ApiKeyRow): void;
}

function Rows({ rows, whyNot, onEnd }: RowsProps) {
  return (
    <div className={users.list}>
      <DataTable<ApiKeyRow>
        caption={say('keys_api.title')}
        rows={rows}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        columns={[
          {
            id: 'name',
            head: say('keys_api.name'),
            priority: 1,
            cell: ({ name, shown }) => (
              <>
                <bdi>{name}</bdi>
                <span className={users.dim}>
                  <Code>{`${shown}…`}</Code>
                </span>
              </>
            ),
          },
          {
            id: 'scopes',
            head: say('keys_api.may'),
            cell: ({ scopes }) => scopes.map((scope) => say(`permission.${scope}`)).join(', '),
          },
          {
            id: 'ends',
            head: say('keys_api.ends'),
            width: 'medium',
            cell: ({ endsAt, revokedAt }) =>
              revokedAt !== null
                ? say('keys_api.revoked')
                : endsAt === null
                  ? say('keys_api.no_end')
                  : moment(endsAt),
          },
          {
            id: 'used',
            head: say('keys_api.used'),
            width: 'medium',
            priority: 3,
            cell: ({ usedAt }) => (usedAt === null ? say('overview.never') : <Age at={usedAt} />),
          },
          {
            id: 'end',
            head: say('keys_api.end'),
            width: 'medium',
            priority: 1,
            cell: (key) =>
              key.revokedAt === null && (
                <Button
                  whyNot={whyNot}
                  aria-label={say('keys_api.end_of', { name: key.name })}
                  onPress={() => onEnd(key)}
                >
                  {say('keys_api.end')}
                </Button>
              ),
          },
        ]}
      />
    </div>
  );
}

function EndKey({ apiKey, onClose }: { readonly apiKey: ApiKeyRow; onClose(): void }) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => revokeKey(apiKey.id),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  return (
    <Confirm
      title={say('keys_api.end_of', { name: apiKey.name })}
      verb={say('keys_api.end')}
      open
      pending={ending.isPending}
      onConfirm={() => ending.mutate()}
      onClose={onClose}
      consequence={<p>{say('keys_api.end_text')}</p>}
    />
  );
}
