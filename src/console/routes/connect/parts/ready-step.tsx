import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { IssueGroups } from '../../../../api/shapes/listings.js';
import type { ChannelStanding } from '../../../../api/shapes/overview.js';
import { call } from '../../../app/call.js';
import { channelQuery, setSends, startChannel } from '../../../app/channels.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button, buttonClass } from '../../../ui/button/button.js';
import { Refused } from '../../../ui/form/form.js';
import { LedgerBar } from '../../../ui/ledger-bar/ledger-bar.js';
import { LoadError } from '../../../ui/notice/notice.js';
import { ProgressBar } from '../../../ui/progress-bar/progress-bar.js';
import styles from './connect.module.css';
import type { StepProps } from './step-props.js';

const LOOK_MS = 1_000;
const SHOWN = 5;

/**
 * What would be ready, and what stands in the way. The channel is taken into use to be watched only: everything is worked out, nothing is
 * sent, so the numbers are those of the real thing.
 */
export function ReadyStep({ setup, onDone, onBack }: StepProps) {
  const { id, state } = setup;
  const client = useQueryClient();
  const watching = useMutation({
    async mutationFn() {
      await setSends(id, 'nothing');
      return startChannel(id);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
  const { mutate, isIdle } = watching;
  const waits = state === 'draft' && isIdle;
  useEffect(() => {
    if (waits) mutate();
  }, [waits, mutate]);
  const inUse = state !== 'draft' || watching.isSuccess;
  const query = useQuery({
    ...channelQuery(id),
    enabled: inUse,
    refetchInterval: ({ state: { data } }) => (worked(data?.standing) ? false : LOOK_MS),
  });
  const standing = query.data?.standing;
  const done = worked(standing);
  return (
    <>
      <p>{say('connect.ready_text')}</p>
      {watching.error && <Refused error={watching.error} />}
      {query.error && <LoadError error={query.error} retry={() => void query.refetch()} />}
      {inUse && !done && <ProgressBar label={say('connect.working')} done={0} total={null} />}
      {standing && done && (
        <>
          <LedgerBar ledger={standing.ledger} channel={id} />
          {standing.ledger.catalog === 0 && (
            <p>
              {say('connect.no_products')}{' '}
              <Link to="/sources/new" className={buttonClass()}>
                {say('sources.add')}
              </Link>
            </p>
          )}
          <Blocking channel={id} />
        </>
      )}
      <div className={styles.actions}>
        {onBack ? <Button onPress={onBack}>{say('wizard.back')}</Button> : <span />}
        <Button kind="primary" whyNot={done ? null : say('connect.working')} onPress={onDone}>
          {say('wizard.continue')}
        </Button>
      </div>
    </>
  );
}

/** Whether the whole catalog was worked out. */
function worked(standing: ChannelStanding | null | undefined): boolean {
  if (standing === null || standing === undefined) return false;
  const { notLookedAt, behind } = standing.ledger;
  return notLookedAt === 0 && behind === 0;
}

/** What keeps most listings back, the biggest first, each with a way to mend it. */
function Blocking({ channel }: { readonly channel: string }) {
  const { data } = useQuery({
    queryKey: ['listings', 'groups', channel, 'ready'],
    queryFn: ({ signal }) =>
      call<IssueGroups>('GET', '/listings/groups', {
        query: { channel, state: 'blocked' },
        signal,
      }),
  });
  const groups = data?.groups ?? [];
  if (groups.length === 0) return null;
  return (
    <div className={styles.issues}>
      <h3>{say('connect.blocking')}</h3>
      <ul className={styles.issues}>
        {groups.slice(0, SHOWN).map(({ code, attribute, listings, sample }) => (
          <li key={`${code} ${attribute}`}>
            <Link to="/listings" search={{ channel, state: 'blocked', issue: code }}>
              {say('connect.blocked_by', { n: count(listings) })}
            </Link>{' '}
            <bdi>{sample.issue.message}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
