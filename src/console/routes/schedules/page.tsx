import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schedules } from '../../../api/shapes/runs.js';
import { useWhyNot } from '../../app/session.js';
import { moment } from '../../strings/formats.js';
import { say, sayCode } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { Button } from '../../ui/button/button.js';
import { type Column, DataTable } from '../../ui/data-table/data-table.js';
import { Refused } from '../../ui/form/form.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { Split } from '../../ui/split/split.js';
import { WordChip } from '../../ui/state-chip/state-chip.js';
import { remark } from '../../ui/toast/toast.js';
import { ActivityLinks } from '../runs/parts/activity-tabs.js';
import styles from '../runs/parts/runs.module.css';
import { schedulesQuery, tellSchedule } from '../runs/queries.js';
import { cronWords } from './parts/cron-words.js';

type Schedule = Schedules['schedules'][number] & {
  readonly look: Schedules['looks'][number] | undefined;
};

/** When does each job look by itself, and did it? Missed instants lead to one run at the next start. */
export function SchedulesPage() {
  const query = useQuery(schedulesQuery);
  const { data, error } = query;
  const rows = (data?.schedules ?? []).map(
    (schedule): Schedule => ({
      ...schedule,
      look: data?.looks.find(({ job, key }) => job === schedule.job && key === schedule.key),
    }),
  );
  return (
    <>
      <PageHead
        title={say('activity.schedules')}
        name={[say('activity.schedules'), say('place.activity')]}
        lead={say('schedules.lead')}
        actions={<ActivityLinks current="schedules" />}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <Split
          list={
            <DataTable<Schedule>
              caption={say('activity.schedules')}
              columns={COLUMNS}
              rows={rows}
              keyOf={({ id }) => id}
              nameOf={({ id }) => id}
            />
          }
          panel={null}
        />
      )}
    </>
  );
}

function Deeds({ schedule }: { readonly schedule: Schedule }) {
  const whyNot = useWhyNot()('runs:write');
  const client = useQueryClient();
  const telling = useMutation({
    mutationFn: (deed: 'run' | 'pause' | 'resume') => tellSchedule(schedule.id, deed),
    onSuccess: async (_nothing, deed) => {
      remark({ text: say(`schedules.did.${deed}`) });
      await client.invalidateQueries({ queryKey: ['schedules'] });
    },
  });
  return (
    <span className={styles.buttons}>
      <Button whyNot={whyNot} pending={telling.isPending} onPress={() => telling.mutate('run')}>
        {say('schedules.run')}
      </Button>
      {schedule.paused === null ? (
        <Button whyNot={whyNot} onPress={() => telling.mutate('pause')}>
          {say('schedules.pause')}
        </Button>
      ) : (
        <Button whyNot={whyNot} onPress={() => telling.mutate('resume')}>
          {say('schedules.resume')}
        </Button>
      )}
      {telling.error && <Refused error={telling.error} />}
    </span>
  );
}

const COLUMNS: readonly Column<Schedule>[] = [
  {
    id: 'job',
    head: say('activity.what'),
    priority: 1,
    cell: ({ job, key }) => (
      <span className={styles.what}>
        <span>{sayCode(`job.${job}`, job)}</span>
        {key !== '*' && <bdi className={styles.dim}>{key}</bdi>}
      </span>
    ),
  },
  {
    id: 'cron',
    head: say('schedules.when'),
    priority: 1,
    cell: ({ cron, zone }) => <span title={`${cron} ${zone}`}>{cronWords(cron, zone)}</span>,
  },
  {
    id: 'next',
    head: say('schedules.next'),
    width: 'medium',
    cell: ({ next, paused }) =>
      paused === null ? (
        <Age at={next} />
      ) : (
        <WordChip
          tone="held"
          shape="held"
          word={say('health.paused')}
          why={say('schedules.paused_by', { by: paused.by, at: moment(paused.at) })}
        />
      ),
  },
  {
    id: 'look',
    head: say('schedules.looked'),
    width: 'medium',
    cell: ({ look }) => <Age at={look?.at ?? null} never={say('schedules.never')} />,
  },
  {
    id: 'do',
    head: say('schedules.do'),
    priority: 1,
    cell: (schedule) => <Deeds schedule={schedule} />,
  },
];
