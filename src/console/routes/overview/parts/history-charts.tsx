import { useQuery } from '@tanstack/react-query';
import type { ChannelHistory } from '../../../../api/shapes/overview.js';
import { count, day, duration } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Chart } from '../../../ui/chart/chart.js';
import type { ChartPoint, ChartTone } from '../../../ui/chart/chart-props.js';
import { LoadError } from '../../../ui/notice/notice.js';
import { historyQuery } from '../queries.js';
import styles from './overview.module.css';

const PARTS = ['live', 'waiting', 'blocked', 'rejected', 'held'] as const;
const TONES: Readonly<Record<(typeof PARTS)[number], ChartTone>> = {
  live: 'live',
  waiting: 'pending',
  blocked: 'blocked',
  rejected: 'rejected',
  held: 'held',
};

/** How listings stood over the last month, and how long changes took to reach the channels. */
export function HistoryCharts() {
  const query = useQuery(historyQuery);
  const { data, error } = query;
  if (error && !data) return <LoadError error={error} retry={() => void query.refetch()} />;
  const days = data === undefined ? [] : dailyOf(data);
  if (days.length < 2) return null;
  const delays = days.filter(({ medianMs }) => medianMs !== null);
  return (
    <div className={styles.pair}>
      <Card title={say('overview.history')}>
        <Chart
          kind="areas"
          label={say('overview.history')}
          head={say('chart.day')}
          format={count}
          series={PARTS.map((part) => ({ id: part, label: say(`part.${part}`), tone: TONES[part] }))}
          points={days.map(({ at, parts }): ChartPoint => ({ label: day(at), values: parts }))}
        />
      </Card>
      {delays.length > 1 && (
        <Card title={say('overview.delays')}>
          <Chart
            kind="lines"
            label={say('overview.delays')}
            head={say('chart.day')}
            format={duration}
            series={[
              { id: 'median', label: say('overview.median'), tone: 'one' },
              { id: 'p95', label: say('overview.p95'), tone: 'three' },
            ]}
            points={days.map(
              ({ at, medianMs, p95Ms }): ChartPoint => ({
                label: day(at),
                values: { median: medianMs, p95: p95Ms },
              }),
            )}
          />
        </Card>
      )}
    </div>
  );
}

interface Day {
  readonly at: string;
  readonly parts: Readonly<Record<(typeof PARTS)[number], number>>;
  /** The slowest channel's; null: nothing changed that could be followed. */
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
}

/** All channels at the end of each day. */
function dailyOf({ channels }: ChannelHistory): readonly Day[] {
  const days = new Map<string, Map<string, ChannelHistory['channels'][number]['points'][number]>>();
  for (const { channel, points } of channels)
    for (const point of points) {
      const key = point.at.slice(0, 10);
      days.set(key, (days.get(key) ?? new Map()).set(channel, point)); // the later hour of a day replaces the earlier
    }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, byChannel]) => dayOf([...byChannel.values()]));
}

function dayOf(points: readonly ChannelHistory['channels'][number]['points'][number][]): Day {
  const sum = (part: (typeof PARTS)[number]): number =>
    points.reduce((total, { ledger }) => total + ledger[part], 0);
  const most = (of: 'medianMs' | 'p95Ms'): number | null => {
    const known = points.flatMap(({ delays }) => delays?.[of] ?? []);
    return known.length === 0 ? null : Math.max(...known);
  };
  return {
    at: points[0]?.at ?? '',
    parts: {
      live: sum('live'),
      waiting: sum('waiting'),
      blocked: sum('blocked'),
      rejected: sum('rejected'),
      held: sum('held'),
    },
    medianMs: most('medianMs'),
    p95Ms: most('p95Ms'),
  };
}
