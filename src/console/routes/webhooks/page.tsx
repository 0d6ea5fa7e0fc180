import '../../strings/later.js';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Webhook, Webhooks } from '../../../api/shapes/webhooks.js';
import { useWhyNot } from '../../app/session.js';
import { SettingsTabs } from '../../shell/settings-tabs.js';
import { say } from '../../strings/say.js';
import { Button, buttonClass } from '../../ui/button/button.js';
import { Code } from '../../ui/code/code.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { EmptyState, LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import users from '../users/users.module.css';
import { Standing } from './parts/standing.js';
import { WebhookForm } from './parts/webhook-form.js';
import { addWebhook, webhooksQuery } from './queries.js';

/** Webhooks: which addresses outside are told what happens here. */
export function WebhooksPage() {
  const query = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const whyNot = useWhyNot()('settings:write');
  const { data, error } = query;
  const add = (
    <Button kind="primary" whyNot={whyNot} onPress={() => setAdding(true)}>
      {say('webhooks.add')}
    </Button>
  );
  return (
    <>
      <PageHead
        title={say('webhooks.title')}
        name={[say('webhooks.title'), say('place.settings')]}
        actions={data !== undefined && data.items.length > 0 && add}
      />
      <SettingsTabs />
      <div className={users.page}>
        {secret !== null && (
          <Notice tone="note">
            <p>{say('webhooks.secret')}</p>
            <Code copy>{secret}</Code>
          </Notice>
        )}
        {error && <LoadError error={error} retry={() => void query.refetch()} />}
        {!data && !error && <Waiting rows={4} />}
        {data?.items.length === 0 && (
          <EmptyState title={say('webhooks.empty')} action={add}>
            {say('webhooks.empty_text')}
          </EmptyState>
        )}
        {data && data.items.length > 0 && <Rows rows={data.items} />}
      </div>
      {adding && data && (
        <AddWebhook kinds={data.kinds} onMade={setSecret} onClose={() => setAdding(false)} />
      )}
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly Webhook[] }) {
  return (
    <div className={users.list}>
      <DataTable<Webhook>
        caption={say('webhooks.title')}
        rows={rows}
        keyOf={({ id }) => id}
        nameOf={({ url }) => url}
        columns={[
          {
            id: 'url',
            head: say('webhook.address'),
            priority: 1,
            cell: ({ url }) => <Code>{url}</Code>,
          },
          {
            id: 'kinds',
            head: say('webhook.kinds'),
            width: 'wide',
            cell: ({ events }) =>
              events === null ? say('webhooks.every') : say('webhooks.n_kinds', { n: events.length }),
          },
          {
            id: 'state',
            head: say('webhooks.state'),
            width: 'medium',
            priority: 1,
            cell: ({ active }) => <Standing active={active} />,
          },
          {
            id: 'open',
            head: say('webhooks.open'),
            width: 'medium',
            priority: 1,
            cell: ({ id, url }) => (
              <Link
                to="/settings/webhooks/$id"
                params={{ id }}
                aria-label={say('webhooks.open_of', { url })}
                className={buttonClass()}
              >
                {say('webhooks.open')}
              </Link>
            ),
          },
        ]}
      />
    </div>
  );
}

interface AddProps {
  readonly kinds: Webhooks['kinds'];
  onMade(secret: string): void;
  onClose(): void;
}

function AddWebhook({ kinds, onMade, onClose }: AddProps) {
  const client = useQueryClient();
  const adding = useMutation({
    mutationFn: addWebhook,
    onSuccess: async ({ secret }) => {
      onMade(secret);
      onClose();
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  return (
    <WebhookForm
      title={say('webhooks.add')}
      verb={say('webhooks.add')}
      kinds={kinds}
      now={null}
      error={adding.error}
      pending={adding.isPending}
      onKeep={adding.mutate}
      onClose={onClose}
    />
  );
}
