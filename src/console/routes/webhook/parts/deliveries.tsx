import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Delivery, Webhooks } from '../../../../api/shapes/webhooks.js';
import { useWhyNot } from '../../../app/session.js';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { EmptyState, LoadError } from '../../../ui/notice/notice.js';
import { Pager } from '../../../ui/pager/pager.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { WordChip } from '../../../ui/state-chip/state-chip.js';
import { LinkTabs } from '../../../ui/tabs/link-tabs.js';
import { remark } from '../../../ui/toast/toast.js';
import users from '../../users/users.module.css';
import { deliveriesQuery, replayEvent } from '../queries.js';
import { DELIVERY_STATES, type WebhookSearch } from '../search.js';
import { TellSince } from './tell-since.js';

interface Props {
  readonly id: string;
  readonly search: WebhookSearch;
  readonly kinds: Webhooks['kinds'];
}

/** What a webhook was told or is still to be told, with what it answered; tabs by how they stand. */
export function Deliveries({ id, search, kinds }: Props) {
  const query = useQuery(deliveriesQuery(id, search));
  const [since, setSince] = useState(false);
  const whyNot = useWhyNot()('settings:write');
  const client = useQueryClient();
  const replaying = useMutation({
    mutationFn: (event: number) => replayEvent(id, event),
    onSuccess: async (_nothing, event) => {
      remark({ text: say('webhook.again_told', { event }) });
      await client.invalidateQueries({ queryKey: ['webhooks', id] });
    },
    onError: ({ message }) => remark({ text: message, failed: true }),
  });
  const { data, error, isPlaceholderData } = query;
  const none = { cursor: undefined, from: undefined };
  return (
    <Card
      title={say('webhook.deliveries')}
      flush
      actions={
        <Button whyNot={whyNot} onPress={() => setSince(true)}>
          {say('webhook.again_since')}
        </Button>
      }
    >
      <LinkTabs
        label={say('webhook.tabs')}
        current={search.state ?? 'all'}
        tabs={[
          { id: 'all', label: say('webhook.state.all'), search: { ...none, state: undefined } },
          ...DELIVERY_STATES.map((state) => ({
            id: state,
            label: say(`webhook.state.${state}`),
            search: { ...none, state },
          })),
        ]}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 &&
        (search.state === undefined ? (
          <EmptyState title={say('webhook.none')}>{say('webhook.none_text')}</EmptyState>
        ) : (
          <EmptyState title={say('webhook.none_state')} />
        ))}
      {data && data.items.length > 0 && (
        <>
          <DataTable
            caption={say('webhook.deliveries')}
            columns={columnsOf(kinds, whyNot, replaying.mutate)}
            rows={data.items}
            keyOf={({ event }) => String(event)}
            nameOf={({ event }) => String(event)}
            busy={isPlaceholderData}
          />
          <Pager
            rows={data.items.length}
            from={search.from ?? 0}
            next={data.next}
            previous={data.previous}
            total={data.total}
          />
        </>
      )}
      {since && <TellSince id={id} onClose={() => setSince(false)} />}
    </Card>
  );
}

function columnsOf(
  kinds: Webhooks['kinds'],
  whyNot: string | null,
  replay: (event: number) => void,
): readonly Column<Delivery>[] {
  return [
    {
      id: 'event',
      head: say('webhook.event'),
      priority: 1,
      cell: ({ kind, subject }) => (
        <>
          {kinds.find((each) => each.kind === kind)?.says ?? kind}
          <span className={users.dim}>
            <Code>{subject}</Code>
          </span>
        </>
      ),
    },
    {
      id: 'when',
      head: say('webhook.when'),
      width: 'medium',
      priority: 3,
      cell: ({ at }) => <Age at={at} />,
    },
    {
      id: 'state',
      head: say('webhooks.state'),
      width: 'medium',
      priority: 1,
      cell: ({ state }) => {
        const { tone, shape } = LOOK[state];
        return <WordChip tone={tone} shape={shape} word={say(`webhook.state.${state}`)} />;
      },
    },
    {
      id: 'attempts',
      head: say('webhook.attempts'),
      width: 'narrow',
      numeric: true,
      priority: 3,
      cell: ({ attempts }) => attempts,
    },
    { id: 'result', head: say('webhook.result'), width: 'wide', cell: (delivery) => resultOf(delivery) },
    {
      id: 'again',
      head: say('webhook.again'),
      width: 'medium',
      priority: 1,
      cell: ({ event }) => (
        <Button whyNot={whyNot} aria-label={say('webhook.again_of', { event })} onPress={() => replay(event)}>
          {say('webhook.again')}
        </Button>
      ),
    },
  ];
}

const LOOK = {
  waiting: { tone: 'pending', shape: 'waiting' },
  delivered: { tone: 'live', shape: 'live' },
  dead: { tone: 'rejected', shape: 'rejected' },
} as const;

/** What it answered last, and when it is told again. */
function resultOf({ state, status, failure, nextAt, doneAt }: Delivery): string {
  const answer =
    status === null
      ? (failure ?? '')
      : state === 'delivered'
        ? String(status)
        : say('webhook.failed_status', { status });
  const then =
    state === 'waiting'
      ? nextAt === null
        ? say('webhook.next_now')
        : say('webhook.next', { at: moment(nextAt) })
      : doneAt === null
        ? ''
        : moment(doneAt);
  return [answer, then].filter(Boolean).join(', ');
}
