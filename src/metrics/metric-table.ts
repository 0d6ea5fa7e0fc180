/** One metric as it is told to Prometheus. */
export interface MetricSpec {
  /** Without the prefix. Counters end in `_total`, durations in `_seconds`, instants in `_timestamp_seconds`. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** What every name begins with. */
export const PREFIX = 'omnifeed_';

const ofChannel = ['channel'] as const;

/** What is read from the database with each scrape: true whoever did the work, and after a restart too. */
export const STORED = {
  listings: { help: 'Listings of a channel by what became of them.', labels: ['channel', 'state'] },
  listings_unaccounted: {
    help: 'Variants the sum of a channel lacks though it is up to date; anything but 0 is a defect.',
    labels: ofChannel,
  },
  outbox_depth: { help: 'Listings of a channel with a change to send.', labels: ofChannel },
  outbox_oldest_age_seconds: {
    help: 'For how long the oldest change not sent yet has been due; 0: none is.',
    labels: ofChannel,
  },
  guard_holds: { help: 'Changes of a channel that wait for a person.', labels: ofChannel },
  channel_paused: { help: '1: nothing is sent to the channel until a person acts.', labels: ofChannel },
  reconcile_last_success_timestamp_seconds: {
    help: 'When a channel was last compared with the catalog without a failure.',
    labels: ofChannel,
  },
  read_back_timestamp_seconds: { help: 'When a channel was last read back as a whole.', labels: ofChannel },
  order_cursor_age_seconds: {
    help: 'How long ago the orders of a channel were last asked for.',
    labels: ofChannel,
  },
  orders_waiting: { help: 'Orders that cannot be placed in the shop yet.', labels: ofChannel },
  order_held: { help: 'Orders that need a person, by why.', labels: ['channel', 'reason'] },
  tracking_pending_age_seconds: {
    help: 'How long ago the oldest parcel left that its channel has not accepted yet; 0: none waits.',
    labels: ofChannel,
  },
  import_last_success_timestamp_seconds: { help: 'When a source was last imported.', labels: ['source'] },
  problems: { help: 'Open problems by severity and code.', labels: ['severity', 'code'] },
  jobs: { help: 'Jobs by state; a dead one failed too often.', labels: ['state'] },
  house_processes: { help: 'Processes that gave a sign of life within a minute.', labels: [] },
  login_failures: { help: 'Failed sign-ins that still count against somebody.', labels: [] },
  buyers_past_retention: {
    help: 'Orders whose buyer should have been forgotten a day ago or earlier.',
    labels: ofChannel,
  },
  backup_last_success_timestamp_seconds: {
    help: 'When the newest backup of a kind was taken and proved.',
    labels: ['kind'],
  },
  disk_free_bytes: { help: 'Room where the database lies.', labels: [] },
  disk_free_ratio: { help: 'The same as a share of the disk.', labels: [] },
  scrape_failed: { help: '1: what is stored could not be read.', labels: [] },
} as const satisfies Readonly<Record<string, Omit<MetricSpec, 'name'>>>;

/** The name of a stored metric. */
export type StoredName = keyof typeof STORED;

/** What a process counts by itself, from its start. */
export const COUNTED = {
  channel_requests_total: { help: 'Calls to a channel by how they ended.', labels: ['channel', 'outcome'] },
  channel_request_seconds: { help: 'How long calls to a channel took.', labels: ofChannel },
  clock_skew_seconds: {
    help: 'Our clock less that of the channel, as of its last answer.',
    labels: ofChannel,
  },
  job_runs_total: { help: 'Runs of jobs by how they ended.', labels: ['job', 'outcome'] },
  job_duration_seconds: { help: 'How long runs of jobs took.', labels: ['job'] },
  build_info: { help: 'The version that runs; always 1.', labels: ['version'] },
} as const satisfies Readonly<Record<string, Omit<MetricSpec, 'name'>>>;

/** Every metric of ours; those of the process itself (`process_…`, `nodejs_…`) come from prom-client, with the same prefix. */
export const METRICS: readonly MetricSpec[] = Object.entries({ ...STORED, ...COUNTED }).map(
  ([name, spec]) => ({
    ...spec,
    name,
  }),
);

/** The name of any metric of ours. */
export type MetricName = StoredName | keyof typeof COUNTED;

/** The full name, for an expression of Prometheus: `omnifeed_outbox_depth`. A name nobody tells does not compile. */
export function metric(name: MetricName): string {
  return `${PREFIX}${name}`;
}
