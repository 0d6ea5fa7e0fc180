import { count } from '../../strings/formats.js';
import { Chart } from './chart.js';

const POINTS = ['Mon', 'Tue', 'Wed', 'Thu'].map((label, at) => ({
  label,
  values: { live: 900 + at * 20, blocked: 40 - at * 8 },
}));
const SERIES = [
  { id: 'live', label: 'Live', tone: 'live' },
  { id: 'blocked', label: 'Blocked', tone: 'blocked' },
] as const;

/** Areas, lines and bars of the same numbers. */
export function Story() {
  return (['areas', 'lines', 'bars'] as const).map((kind) => (
    <Chart
      key={kind}
      kind={kind}
      label={`Listings as ${kind}`}
      head="Day"
      points={POINTS}
      series={SERIES}
      format={count}
    />
  ));
}
