import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Setup } from '../../../api/shapes/setup.js';
import { ApiProblem } from '../../app/call.js';
import { type ConnectorRow, changeSetup, connectorsQuery, setupQuery } from '../../app/channels.js';
import type { JsonObject } from '../../app/json.js';
import { useWhyNot } from '../../app/session.js';
import { moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Button } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { Form } from '../../ui/form/form.js';
import { JsonValue } from '../../ui/json-value/json-value.js';
import { MarketFields } from '../../ui/market-fields/market-fields.js';
import type { Market } from '../../ui/market-fields/places.js';
import { LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { objectOf, patchOf } from '../../ui/schema-form/change.js';
import { mistakeAt } from '../../ui/schema-form/facts.js';
import { SchemaForm } from '../../ui/schema-form/schema-form.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { remark } from '../../ui/toast/toast.js';
import styles from './channel-settings.module.css';

const route = getRouteApi('/shell/channels/$channel/settings');
const MARKET = ['country', 'language', 'currency', 'zone'] as const;

/** All settings of a channel in one form. One that stands in the file is only shown. */
export function ChannelSettingsPage() {
  const { channel } = route.useParams();
  const setup = useQuery(setupQuery(channel));
  const connectors = useQuery(connectorsQuery);
  const connector = connectors.data?.connectors.find(({ id }) => id === setup.data?.values.connector);
  const error = setup.error ?? connectors.error;
  return (
    <>
      <PageHead
        title={say('channel.settings')}
        name={[say('channel.settings'), channel, say('place.channels')]}
        beside={
          <Link to="/channels/$channel" params={{ channel }}>
            <ChannelMark channel={channel} practice={setup.data?.practice ?? false} />
          </Link>
        }
      />
      {error && <LoadError error={error} retry={() => void setup.refetch()} />}
      {!(setup.data && connector) && !error && <Waiting rows={8} />}
      {setup.data?.state === 'file' && (
        <Card title={say('channel.settings')}>
          <Notice tone="note">{say('channel.in_file')}</Notice>
          <JsonValue value={setup.data.values} />
        </Card>
      )}
      {setup.data && setup.data.state !== 'file' && connector && (
        <Settings key={setup.data.revision} setup={setup.data} connector={connector} />
      )}
    </>
  );
}

function Settings({ setup, connector }: { readonly setup: Setup; readonly connector: ConnectorRow }) {
  const before = {
    market: marketOf(setup),
    settings: objectOf(setup.values.settings),
    params: objectOf(setup.values.params),
  };
  const [market, setMarket] = useState(before.market);
  const [settings, setSettings] = useState(before.settings);
  const [params, setParams] = useState(before.params);
  const whyNot = useWhyNot()('channels:write');
  const client = useQueryClient();
  const patch = {
    ...patchOf({ ...before.market }, { ...market }),
    ...member('settings', patchOf(before.settings, settings)),
    ...member('params', patchOf(before.params, params)),
  };
  const saving = useMutation({
    mutationFn: () => changeSetup(setup.id, { revision: setup.revision, values: patch }),
    onSuccess: async (kept) => {
      client.setQueryData(setupQuery(setup.id).queryKey, kept);
      remark({ text: say('channel.saved', { channel: setup.id }) });
      await client.invalidateQueries({ queryKey: ['channels'] });
    },
  });
  const { error } = saving;
  const mistakes = error instanceof ApiProblem ? error.pointers : setup.mistakes;
  const facts = { secrets: setup.secrets, mistakes };
  const changed = Object.keys(patch).length > 0;
  return (
    <Form
      error={error}
      onSubmit={() => {
        if (whyNot === null && changed) saving.mutate();
      }}
      actions={
        <Button
          kind="primary"
          type="submit"
          pending={saving.isPending}
          whyNot={whyNot ?? (changed ? null : say('channel.nothing_changed'))}
        >
          {say('channel.save')}
        </Button>
      }
    >
      <Card title={say('connect.market')}>
        <div className={styles.fields}>
          <MarketFields
            market={market}
            onChange={setMarket}
            errorOf={(name) => mistakeAt(facts, `/${name}`)}
          />
        </div>
      </Card>
      <Card title={connector.title}>
        <div className={styles.fields}>
          <SchemaForm
            schema={connector.settingsSchema}
            at="/settings"
            value={settings}
            facts={facts}
            onChange={setSettings}
          />
        </div>
      </Card>
      {Object.keys(objectOf(connector.params.properties)).length > 0 && (
        <Card title={say('connect.params')}>
          <SchemaForm
            schema={connector.params}
            at="/params"
            value={params}
            facts={facts}
            onChange={setParams}
          />
        </Card>
      )}
      {setup.changedAt !== null && (
        <p className={styles.dim}>
          {say('source.by', { by: setup.changedBy ?? '', at: moment(setup.changedAt) })}
        </p>
      )}
    </Form>
  );
}

function marketOf({ values }: Setup): Market {
  const text = (name: (typeof MARKET)[number]): string =>
    typeof values[name] === 'string' ? values[name] : '';
  return {
    country: text('country'),
    language: text('language'),
    currency: text('currency'),
    zone: text('zone'),
  };
}

function member(name: string, patch: JsonObject | null): JsonObject {
  return patch === null ? {} : { [name]: patch };
}
