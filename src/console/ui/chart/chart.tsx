import { lazy, Suspense } from 'react';
import { say } from '../../strings/say.js';
import { type Column, DataTable } from '../data-table/data-table.js';
import { Disclosure } from '../disclosure/disclosure.js';
import styles from './chart.module.css';
import type { ChartPoint, ChartProps } from './chart-props.js';

const Drawn = lazy(() => import('./drawn-chart.js').then((module) => ({ default: module.DrawnChart })));

/** A chart with the table of the same numbers; what draws it is fetched when the first one is shown. */
export function Chart(props: ChartProps) {
  const { label, head, points, series, format } = props;
  const columns: readonly Column<ChartPoint>[] = [
    { id: 'label', head, priority: 1, cell: (point) => point.label },
    ...series.map(
      ({ id, label: name }): Column<ChartPoint> => ({
        id,
        head: name,
        numeric: true,
        priority: 1,
        cell: ({ values }) => {
          const value = values[id] ?? null;
          return value === null ? '—' : format(value);
        },
      }),
    ),
  ];
  return (
    <figure className={styles.figure}>
      <div className={styles.legend} aria-hidden="true">
        {series.length > 1 &&
          series.map(({ id, label: name, tone }) => (
            <span key={id} className={styles.key}>
              <span className={`${styles.swatch} ${styles[tone]}`} />
              {name}
            </span>
          ))}
      </div>
      <Suspense fallback={<div className={styles.room} role="status" aria-label={say('common.loading')} />}>
        <Drawn {...props} />
      </Suspense>
      <Disclosure summary={say('chart.as_table')}>
        <DataTable
          caption={label}
          columns={columns}
          rows={points}
          keyOf={(point) => String(points.indexOf(point))}
          nameOf={(point) => point.label}
        />
      </Disclosure>
    </figure>
  );
}
