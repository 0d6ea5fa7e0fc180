/** One row of what is drawn: a day, a span of margins. */
export interface ChartPoint {
  readonly label: string;
  /** By the id of the series; null: not known, and nothing is drawn. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** Colours a series can have: of a state, or of the chart. */
export type ChartTone = 'live' | 'pending' | 'blocked' | 'rejected' | 'held' | 'one' | 'two' | 'three';

/** What is drawn in one colour. */
export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  readonly tone: ChartTone;
}

/** What a chart draws. */
export interface ChartProps {
  /** What it shows, for assistive technology and as the caption of its table. */
  readonly label: string;
  /** `areas` stand on each other and are a whole; `lines` are apart; `bars` stand beside each other. */
  readonly kind: 'areas' | 'lines' | 'bars';
  /** The head of the first column of the table: "Day". */
  readonly head: string;
  readonly points: readonly ChartPoint[];
  readonly series: readonly ChartSeries[];
  /** A value in words. */
  format(value: number): string;
  /** The same in few letters, beside the axis; absent: counts, shortened from 10,000. */
  tick?(value: number): string;
}
