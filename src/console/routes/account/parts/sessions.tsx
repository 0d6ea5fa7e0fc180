import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../../../api/shapes/access.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { DataTable } from '../../../ui/data-table/data-table.js';
import { LoadError } from '../../../ui/notice/notice.js';
import { endOthers, sessionsQuery } from '../queries.js';

/** Where one is signed in. */
export function Sessions() {
  const query = useQuery(sessionsQuery);
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: endOthers,
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const { data, error } = query;
  const others = (data?.items.length ?? 0) > 1;
  return (
    <Card
      title={say('account.sessions')}
      flush
      actions={
        others && (
          <Button pending={ending.isPending} onPress={() => ending.mutate()}>
            {say('account.end_others')}
          </Button>
        )
      }
    >
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {data && (
        <DataTable<Session>
          caption={say('account.sessions')}
          rows={data.items}
          keyOf={({ id }) => id}
          nameOf={({ browser }) => browser}
          columns={[
            {
              id: 'browser',
              head: say('account.browser'),
              priority: 1,
              cell: ({ browser, current }) => (
                <>
                  <bdi>{browser}</bdi> {current && `· ${say('account.here')}`}
                </>
              ),
            },
            {
              id: 'address',
              head: say('source_new.address'),
              width: 'medium',
              cell: ({ address }) => address,
            },
            {
              id: 'seen',
              head: say('account.seen'),
              width: 'medium',
              priority: 1,
              cell: ({ seenAt }) => <Age at={seenAt} />,
            },
          ]}
        />
      )}
    </Card>
  );
}
