import { metric as m, PREFIX } from './metric-table.js';

interface Panel {
  readonly title: string;
  /** Unit as Grafana names it. */
  readonly unit: string;
  readonly kind?: 'timeseries' | 'stat';
  /** Expression and what its line is called. */
  readonly lines: readonly (readonly [expr: string, legend: string])[];
}

const of = '{channel=~"$channel"}';
const age = (name: Parameters<typeof m>[0]): string => `time() - ${m(name)}${of}`;

const PANELS: readonly Panel[] = [
  {
    title: 'Listings by state',
    unit: 'short',
    lines: [[`sum by (state) (${m('listings')}${of})`, '{{state}}']],
  },
  { title: 'Changes to send', unit: 'short', lines: [[`${m('outbox_depth')}${of}`, '{{channel}}']] },
  {
    title: 'Oldest change due',
    unit: 's',
    lines: [[`${m('outbox_oldest_age_seconds')}${of}`, '{{channel}}']],
  },
  {
    title: 'Waits for a person',
    unit: 'short',
    kind: 'stat',
    lines: [
      [`sum(${m('guard_holds')}${of})`, 'held changes'],
      [`sum(${m('order_held')}${of}) or vector(0)`, 'orders'],
      [`sum(${m('channel_paused')}${of})`, 'paused channels'],
      [`sum(${m('jobs')}{state="dead"})`, 'dead jobs'],
    ],
  },
  { title: 'Problems', unit: 'short', lines: [[`sum by (code) (${m('problems')})`, '{{code}}']] },
  {
    title: 'Calls to channels',
    unit: 'reqps',
    lines: [
      [
        `sum by (channel, outcome) (rate(${m('channel_requests_total')}${of}[5m]))`,
        '{{channel}} {{outcome}}',
      ],
    ],
  },
  {
    title: 'Time of a call (95 %)',
    unit: 's',
    lines: [
      [
        `histogram_quantile(0.95, sum by (le, channel) (rate(${m('channel_request_seconds')}_bucket${of}[5m])))`,
        '{{channel}}',
      ],
    ],
  },
  { title: 'Orders asked for', unit: 's', lines: [[`${m('order_cursor_age_seconds')}${of}`, '{{channel}}']] },
  {
    title: 'Orders waiting',
    unit: 'short',
    lines: [
      [`${m('orders_waiting')}${of}`, '{{channel}}'],
      [`${m('order_held')}${of}`, '{{channel}} {{reason}}'],
    ],
  },
  {
    title: 'Oldest parcel not accepted',
    unit: 's',
    lines: [[`${m('tracking_pending_age_seconds')}${of}`, '{{channel}}']],
  },
  {
    title: 'Last comparison and read-back',
    unit: 's',
    lines: [
      [age('reconcile_last_success_timestamp_seconds'), '{{channel}} compared'],
      [age('read_back_timestamp_seconds'), '{{channel}} read back'],
    ],
  },
  {
    title: 'Jobs',
    unit: 'short',
    lines: [[m('jobs'), '{{state}}']],
  },
  {
    title: 'Runs of jobs',
    unit: 'ops',
    lines: [[`sum by (job, outcome) (rate(${m('job_runs_total')}[5m]))`, '{{job}} {{outcome}}']],
  },
  {
    title: 'Time of a run (95 %)',
    unit: 's',
    lines: [
      [
        `histogram_quantile(0.95, sum by (le, job) (rate(${m('job_duration_seconds')}_bucket[15m])))`,
        '{{job}}',
      ],
    ],
  },
  {
    title: 'Last import',
    unit: 's',
    lines: [[`time() - ${m('import_last_success_timestamp_seconds')}`, '{{source}}']],
  },
  {
    title: 'Newest backup',
    unit: 's',
    kind: 'stat',
    lines: [[`time() - ${m('backup_last_success_timestamp_seconds')}`, '{{kind}}']],
  },
  { title: 'Free disk', unit: 'bytes', kind: 'stat', lines: [[m('disk_free_bytes'), 'free']] },
  { title: 'Clock', unit: 's', lines: [[`${m('clock_skew_seconds')}${of}`, '{{channel}}']] },
  {
    title: 'Process',
    unit: 's',
    lines: [[`${PREFIX}nodejs_eventloop_lag_p99_seconds`, 'event loop lag (99 %)']],
  },
  { title: 'Memory', unit: 'bytes', lines: [[`${PREFIX}process_resident_memory_bytes`, '{{instance}}']] },
];

const COLUMNS = 2;
const [WIDTH, HEIGHT] = [24 / COLUMNS, 8];

/** The dashboard as Grafana imports it (schema version 39, Grafana 10 and newer): it asks for the Prometheus to read from. */
export function dashboard(): object {
  return {
    title: 'Omnifeed',
    uid: 'omnifeed',
    schemaVersion: 39,
    version: 1,
    editable: true,
    refresh: '30s',
    time: { from: 'now-24h', to: 'now' },
    tags: ['omnifeed'],
    templating: {
      list: [
        { name: 'datasource', type: 'datasource', query: 'prometheus' },
        {
          name: 'channel',
          type: 'query',
          datasource: SOURCE,
          query: { query: `label_values(${m('listings')}, channel)`, refId: 'channel' },
          refresh: 2,
          multi: true,
          includeAll: true,
          allValue: '.*',
          current: { text: 'All', value: '$__all' },
        },
      ],
    },
    panels: PANELS.map(({ title, unit, kind = 'timeseries', lines }, at) => ({
      id: at + 1,
      title,
      type: kind,
      datasource: SOURCE,
      gridPos: { x: (at % COLUMNS) * WIDTH, y: Math.floor(at / COLUMNS) * HEIGHT, w: WIDTH, h: HEIGHT },
      fieldConfig: { defaults: { unit }, overrides: [] },
      targets: lines.map(([expr, legendFormat], line) => ({
        refId: String.fromCharCode(65 + line),
        datasource: SOURCE,
        expr,
        legendFormat,
      })),
    })),
  };
}

const SOURCE = { type: 'prometheus', uid: '$datasource' };
