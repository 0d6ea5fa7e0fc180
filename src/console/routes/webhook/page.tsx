import '../../strings/later.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { SettingsTabs } from '../../shell/settings-tabs.js';
import { moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { Code } from '../../ui/code/code.js';
import { FactList } from '../../ui/fact-list/fact-list.js';
import { EmptyState, LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import users from '../users/users.module.css';
import { Standing } from '../webhooks/parts/standing.js';
import { webhooksQuery } from '../webhooks/queries.js';
import { Deliveries } from './parts/deliveries.js';
import { WebhookActions } from './parts/webhook-actions.js';

const route = getRouteApi('/shell/settings/webhooks/$id');

/** One webhook: where it goes, what it is told, what it answered. */
export function WebhookPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const query = useQuery(webhooksQuery);
  const [secret, setSecret] = useState<string | null>(null);
  const { data, error } = query;
  const webhook = data?.items.find((each) => each.id === id);
  return (
    <>
      <PageHead
        title={say('webhook.title')}
        name={[say('webhook.title'), say('webhooks.title'), say('place.settings')]}
        beside={webhook && <Standing active={webhook.active} />}
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
        {!data && !error && <Waiting rows={6} />}
        {data && webhook === undefined && (
          <EmptyState
            title={say('webhook.gone')}
            action={
              <Link to="/settings/webhooks" className={buttonClass()}>
                {say('webhooks.title')}
              </Link>
            }
          >
            {say('webhook.gone_text')}
          </EmptyState>
        )}
        {data && webhook && (
          <>
            <Card title={say('webhook.title')}>
              <FactList
                facts={[
                  [say('webhook.address'), <Code key="url">{webhook.url}</Code>],
                  [
                    say('webhook.kinds'),
                    webhook.events === null
                      ? say('webhooks.every')
                      : data.kinds
                          .filter(({ kind }) => webhook.events?.includes(kind))
                          .map(({ says }) => says)
                          .join('; '),
                  ],
                  [
                    say('webhook.secret'),
                    webhook.previousUntil === null
                      ? say('webhook.secret_one')
                      : say('webhook.both_until', { at: moment(webhook.previousUntil) }),
                  ],
                  [
                    say('webhook.made'),
                    say('webhook.made_by', { at: moment(webhook.createdAt), name: webhook.createdBy }),
                  ],
                ]}
              />
              <WebhookActions webhook={webhook} kinds={data.kinds} onSecret={setSecret} />
            </Card>
            <Deliveries id={id} search={search} kinds={data.kinds} />
          </>
        )}
      </div>
    </>
  );
}
