import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleBand, scaleLinear, scalePoint } from '@visx/scale';
import { AreaStack, Bar, LinePath } from '@visx/shape';
import { useEffect, useRef, useState } from 'react';
import { shortCount } from '../../strings/formats.js';
import styles from './chart.module.css';
import type { ChartPoint, ChartProps } from './chart-props.js';

const HEIGHT = 200;
const MARGIN = { top: 8, right: 12, bottom: 24, left: 88 };
const INNER = HEIGHT - MARGIN.top - MARGIN.bottom;

/** The chart itself, as wide as its place. It says nothing to assistive technology but its name: the table does. */
export function DrawnChart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (place.current === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={place} className={styles.plot} dir="ltr">
      {width > MARGIN.left + MARGIN.right && <Plot {...props} width={width} />}
    </div>
  );
}

function Plot({ label, kind, points, series, format, tick, width }: ChartProps & { readonly width: number }) {
  const inner = width - MARGIN.left - MARGIN.right;
  const labels = points.map((_point, at) => at);
  const across =
    kind === 'bars'
      ? scaleBand({ domain: labels, range: [0, inner], padding: 0.25 })
      : scalePoint({ domain: labels, range: [0, inner] });
  const up = scaleLinear({ domain: domainOf(points, series, kind), range: [INNER, 0], nice: true });
  const x = (at: number): number => across(at) ?? 0;
  const value = (point: ChartPoint, id: string): number => point.values[id] ?? 0;
  const indexed = points.map((point, at) => ({ point, at }));
  const band = 'bandwidth' in across ? across.bandwidth() : 0;
  return (
    <svg className={styles.svg} width={width} height={HEIGHT} role="img" aria-label={label}>
      <g transform={`translate(${MARGIN.left}, ${MARGIN.top})`}>
        {up.ticks(4).map((tick) => (
          <line key={tick} className={styles.grid} x1={0} x2={inner} y1={up(tick)} y2={up(tick)} />
        ))}
        {kind === 'areas' && (
          <AreaStack
            data={indexed}
            keys={series.map(({ id }) => id)}
            value={({ point }, id) => value(point, id)}
            x={({ data }) => x(data.at)}
            y0={([low]) => up(low)}
            y1={([, high]) => up(high)}
          >
            {({ stacks, path }) =>
              stacks.map((stack) => (
                <path
                  key={stack.key}
                  d={path(stack) ?? ''}
                  className={`${styles.area} ${styles[toneOf(series, stack.key)]}`}
                />
              ))
            }
          </AreaStack>
        )}
        {kind === 'lines' &&
          series.map(({ id, tone }) => (
            <LinePath
              key={id}
              data={indexed}
              defined={({ point }) => (point.values[id] ?? null) !== null}
              x={({ at }) => x(at)}
              y={({ point }) => up(value(point, id))}
              className={`${styles.line} ${styles[tone]}`}
            />
          ))}
        {kind === 'bars' &&
          indexed.flatMap(({ point, at }) =>
            series.map(({ id, tone }, place) => {
              const amount = point.values[id] ?? null;
              if (amount === null) return null;
              const wide = band / series.length;
              return (
                <Bar
                  key={`${at} ${id}`}
                  x={x(at) + place * wide}
                  y={Math.min(up(0), up(amount))}
                  width={Math.max(1, wide - 1)}
                  height={Math.max(amount === 0 ? 0 : 1, Math.abs(up(0) - up(amount)))}
                  className={`${styles.bar} ${styles[tone]}`}
                />
              );
            }),
          )}
        <AxisLeft
          scale={up}
          numTicks={4}
          hideAxisLine
          hideTicks
          tickFormat={(at) => (tick ?? short(format))(Number(at))}
        />
        <AxisBottom
          top={INNER}
          scale={across}
          hideTicks
          axisLineClassName={styles.grid ?? ''}
          tickValues={shownLabels(points.length, inner)}
          tickFormat={(at) => points[Number(at)]?.label ?? ''}
        />
      </g>
    </svg>
  );
}

/** Zero is always on the axis: a chart that hides it lies. */
function domainOf(
  points: readonly ChartPoint[],
  series: ChartProps['series'],
  kind: ChartProps['kind'],
): [number, number] {
  const values = points.flatMap(({ values: of }) =>
    kind === 'areas'
      ? [series.reduce((sum, { id }) => sum + (of[id] ?? 0), 0)]
      : series.map(({ id }) => of[id] ?? 0),
  );
  return [Math.min(0, ...values), Math.max(1, ...values)];
}

function toneOf(series: ChartProps['series'], id: string | number): ChartProps['series'][number]['tone'] {
  return series.find((each) => each.id === id)?.tone ?? 'one';
}

const LABEL_WIDTH = 84;

/** As many labels as have room, the last one among them. */
function shownLabels(n: number, width: number): number[] {
  const step = Math.max(1, Math.ceil(n / Math.max(1, Math.floor(width / LABEL_WIDTH))));
  return Array.from({ length: n }, (_each, at) => at).filter((at) => (n - 1 - at) % step === 0);
}

function short(format: ChartProps['format']): (value: number) => string {
  return (value) => (value >= 10_000 ? shortCount(value) : format(value));
}
