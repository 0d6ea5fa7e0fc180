/** Programs that are measured side by side. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** What the others are compared with; null: the program compares within itself. */
  readonly yardstick: string | null;
  readonly programs: readonly string[];
  /** Works on a catalog that is imported already. */
  readonly needsDatabase: boolean;
  /** Largest size a program is run with, where it keeps everything in memory. */
  readonly largest?: Readonly<Record<string, number>>;
  /** Beyond this size a program is run once, not round by round: it would take most of the time of the whole bench. */
  readonly onceAbove?: Readonly<Record<string, number>>;
}

/** All benches, in the order they run. */
export const BENCHES: readonly Bench[] = [
  {
    name: 'import',
    title: 'Shopify CSV into an empty catalog, against csv-parse alone',
    yardstick: 'csv-alone',
    programs: ['csv-alone', 'import'],
    needsDatabase: false,
  },
  {
    name: 'publish',
    title: 'One channel from a full catalog into a Google RSS file, against the plain writer',
    yardstick: 'floor-writer',
    programs: ['floor-writer', 'npm-peer', 'publish'],
    needsDatabase: true,
    largest: { 'npm-peer': 100_000 },
    onceAbove: { 'npm-peer': 10_000 },
  },
  {
    name: 'publish-three',
    title: 'Three channels from a full catalog, per listing',
    yardstick: 'floor-writer',
    programs: ['floor-writer', 'publish-three'],
    needsDatabase: true,
  },
  {
    name: 'step',
    title: 'A day later: 4.3 % stock, 0.5 % price, 0.5 % new, 0.5 % gone',
    yardstick: null,
    programs: ['step'],
    needsDatabase: true,
  },
  {
    name: 'reads',
    title: 'Pages of the console over the API, three channels published: 95th percentile in milliseconds',
    yardstick: null,
    programs: ['reads'],
    needsDatabase: true,
  },
];
