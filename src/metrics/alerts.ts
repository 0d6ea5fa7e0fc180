import { metric as m, PREFIX } from './metric-table.js';

/** Something somebody is woken up for. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  /** How long it must be so before anybody is told. */
  readonly for: string;
  /** `page`: now; `ticket`: on the next working day. */
  readonly severity: 'page' | 'ticket';
  /** What is the matter, for people; `{{ $labels.channel }}` names where. */
  readonly says: string;
  /** What to do, in one sentence. */
  readonly todo: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const age = (name: Parameters<typeof m>[0]): string => `time() - ${m(name)}`;

/** The alerts of a house, one for each cause (reliability, section 6). */
export const ALERTS: readonly Alert[] = [
  {
    name: 'OmnifeedDown',
    expr: `absent(${m('build_info')})`,
    for: '5m',
    severity: 'page',
    says: 'Omnifeed is not scraped',
    todo: 'Look whether the process runs; its last log lines say why it ended.',
  },
  {
    name: 'OmnifeedDatabaseUnreadable',
    expr: `${m('scrape_failed')} == 1`,
    for: '5m',
    severity: 'page',
    says: 'The database cannot be read',
    todo: 'Run `omnifeed doctor`.',
  },
  {
    name: 'OmnifeedChangesLate',
    expr: `${m('outbox_oldest_age_seconds')} > ${15 * MINUTE}`,
    for: '15m',
    severity: 'page',
    says: 'A change for {{ $labels.channel }} has been due for over 15 minutes',
    todo: 'See the channel in the console, or `omnifeed status`: it is paused, throttled, or no worker runs.',
  },
  {
    name: 'OmnifeedOrdersLate',
    expr: `${m('order_cursor_age_seconds')} > ${30 * MINUTE}`,
    for: '5m',
    severity: 'page',
    says: 'Orders of {{ $labels.channel }} were not asked for in over 30 minutes',
    todo: 'See `omnifeed status`; a paused channel is put to work again with `omnifeed resume`.',
  },
  {
    name: 'OmnifeedTrackingLate',
    expr: `${m('tracking_pending_age_seconds')} > ${12 * HOUR}`,
    for: '15m',
    severity: 'page',
    says: '{{ $labels.channel }} has not accepted a parcel that left over 12 hours ago',
    todo: 'Look at the order in the console: late confirmations count against you.',
  },
  {
    name: 'OmnifeedJobsDead',
    expr: `${m('jobs')}{state="dead"} > 0`,
    for: '1h',
    severity: 'ticket',
    says: 'Jobs failed too often and run no more by themselves',
    todo: 'See them with `omnifeed status`; let one run again with `omnifeed revive`.',
  },
  {
    name: 'OmnifeedHeld',
    expr: `${m('guard_holds')} > 0`,
    for: '4h',
    severity: 'ticket',
    says: 'Changes for {{ $labels.channel }} wait for a person',
    todo: 'Look at the plan in the console and approve it, or correct the catalog.',
  },
  {
    name: 'OmnifeedPaused',
    expr: `${m('channel_paused')} == 1`,
    for: '15m',
    severity: 'page',
    says: 'Nothing is sent to {{ $labels.channel }}',
    todo: 'See why in the console; renew its credentials, then `omnifeed resume`.',
  },
  {
    name: 'OmnifeedNotCompared',
    expr: `${age('reconcile_last_success_timestamp_seconds')} > ${26 * HOUR}`,
    for: '15m',
    severity: 'ticket',
    says: '{{ $labels.channel }} was not compared with the catalog for over 26 hours',
    todo: 'See the runs of `reconcile` in the console.',
  },
  {
    name: 'OmnifeedDoesNotAddUp',
    expr: `${m('listings_unaccounted')} != 0`,
    for: '30m',
    severity: 'ticket',
    says: 'The listings of {{ $labels.channel }} do not add up to the catalog',
    todo: 'This is a defect: report it with the output of `omnifeed status --json`.',
  },
  {
    name: 'OmnifeedCallsFail',
    expr: `sum by (channel) (rate(${m('channel_requests_total')}{outcome=~"failed|no-answer"}[15m])) / sum by (channel) (rate(${m('channel_requests_total')}[15m])) > 0.5`,
    for: '30m',
    severity: 'ticket',
    says: 'More than half of the calls to {{ $labels.channel }} fail',
    todo: 'Look at the status page of the channel; calls are repeated by themselves.',
  },
  {
    name: 'OmnifeedThrottled',
    expr: `sum by (channel) (rate(${m('channel_requests_total')}{outcome="throttled"}[30m])) / sum by (channel) (rate(${m('channel_requests_total')}[30m])) > 0.05`,
    for: '1h',
    severity: 'ticket',
    says: '{{ $labels.channel }} refuses more than one call in twenty for being too many',
    todo: 'Another program may use the same account; give it fewer calls, or ask the channel for more.',
  },
  {
    name: 'OmnifeedBackupOld',
    expr: `${age('backup_last_success_timestamp_seconds')} > ${2 * HOUR}`,
    for: '10m',
    severity: 'page',
    says: 'The newest backup ({{ $labels.kind }}) is over two hours old',
    todo: 'See the problem `backup_failed`; take one with `omnifeed backup`. With other hours than ours, change this rule.',
  },
  {
    name: 'OmnifeedBuyersKeptTooLong',
    expr: `${m('buyers_past_retention')} > 0`,
    for: '1h',
    severity: 'page',
    says: 'Buyers of {{ $labels.channel }} are kept longer than they may be',
    todo: 'See the runs of `purge` in the console.',
  },
  {
    name: 'OmnifeedDiskFull',
    expr: `${m('disk_free_ratio')} < 0.1`,
    for: '10m',
    severity: 'page',
    says: 'Less than a tenth of the disk of the database is free',
    todo: 'Make room: a database that cannot write stops all work.',
  },
  {
    name: 'OmnifeedClockWrong',
    expr: `abs(${m('clock_skew_seconds')}) > 30`,
    for: '15m',
    severity: 'ticket',
    says: 'Our clock is over 30 seconds from the one of {{ $labels.channel }}',
    todo: 'Set the clock of the machine with NTP; from five minutes on signed calls are refused.',
  },
  {
    name: 'OmnifeedSignInsFail',
    expr: `${m('login_failures')} > 50`,
    for: '5m',
    severity: 'ticket',
    says: 'Somebody guesses passwords',
    todo: 'Look at the audit log; let the console be reached from your own network only.',
  },
  {
    name: 'OmnifeedBlocked',
    expr: `${PREFIX}nodejs_eventloop_lag_p99_seconds > 0.25`,
    for: '15m',
    severity: 'ticket',
    says: 'The process does not come to answering',
    todo: 'Add workers (`omnifeed worker`, on Postgres), or give the machine another core.',
  },
];
