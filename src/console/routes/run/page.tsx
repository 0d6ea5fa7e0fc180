import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Run } from '../../../api/shapes/runs.js';
import { useLiveQuery } from '../../app/live-events.js';
import { duration, moment } from '../../strings/formats.js';
import { say, sayCode } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { RunWord } from '../runs/parts/run-word.js';
import styles from '../runs/parts/runs.module.css';
import { runQuery } from '../runs/queries.js';
import { PhaseBars } from './parts/phase-bars.js';
import { RunHistory } from './parts/run-history.js';
import { SumCard } from './parts/sum-card.js';

const route = getRouteApi('/shell/activity/runs/$id');

/** What did this run do, and do its numbers add up? */
export function RunPage() {
  const { id } = route.useParams();
  const query = useQuery(runQuery(id));
  useLiveQuery('runs', ['runs', 'one', id]);
  const { data, error } = query;
  const name = data === undefined ? id : sayCode(`job.${data.job}`, data.job);
  return (
    <>
      <PageHead
        title={say('run.title', { id, name })}
        name={[say('run.title', { id, name }), say('place.activity')]}
        beside={
          data && (
            <>
              {data.key !== '*' && <bdi>{data.key}</bdi>}
              <RunWord run={data} />
              <span>
                {moment(data.startedAt)}
                {data.tookMs !== null && ` · ${duration(data.tookMs)}`}
              </span>
            </>
          )
        }
        actions={
          <Link to="/activity" className={buttonClass()}>
            {say('run.all')}
          </Link>
        }
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={5} />}
      {data && <RunBody run={data} />}
    </>
  );
}

function RunBody({ run }: { readonly run: Run }) {
  return (
    <div className={styles.page}>
      {run.error !== null && (
        <Notice tone="warning">
          <p>{run.error}</p>
          <p>{say('run.failed_text')}</p>
        </Notice>
      )}
      {run.lines.some(({ sum }) => sum !== null) && <SumCard run={run} />}
      <Card title={say('run.phases')}>
        <PhaseBars run={run} />
      </Card>
      <Card title={say('run.history')} flush>
        <RunHistory run={run} />
      </Card>
    </div>
  );
}
