import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../src/config/package-root.js';
import { alertRules } from '../../src/metrics/alert-rules.js';
import { ALERTS } from '../../src/metrics/alerts.js';
import { dashboard } from '../../src/metrics/dashboard.js';
import { METRICS, PREFIX } from '../../src/metrics/metric-table.js';
import { openMetrics } from '../../src/metrics/prometheus.js';

const DEPLOY = path.join(packageRoot(), 'deploy');
const NOTE =
  '# Written from src/metrics/alerts.ts; change it there, or keep your own file beside this one.\n';

// To write the files anew: OMNIFEED_WRITE_REFERENCE=1 npx vitest run test/metrics/deployed-rules.test.ts
function kept(file: string, wanted: string): string {
  const place = path.join(DEPLOY, file);
  if (process.env.OMNIFEED_WRITE_REFERENCE === '1') {
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, wanted);
  }
  return readFileSync(place, 'utf8');
}

/** Every metric name in an expression, without what a histogram appends. */
function namesIn(expr: string): string[] {
  return [...expr.matchAll(/\bomnifeed_[a-z0-9_]+/g)].map(([name]) =>
    name.replace(/_(bucket|sum|count)$/, ''),
  );
}

/** Label names in the selectors and groupings of an expression. */
function labelsIn(expr: string): string[] {
  const selectors = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner = '']) =>
    [...inner.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  );
  const groups = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inner = '']) => inner.split(/,\s*/));
  return [...selectors, ...groups];
}

describe('the alert rules that are shipped', () => {
  it('are those of the table', () => {
    const wanted = NOTE + stringify(alertRules(), { lineWidth: 0 });
    expect(kept('prometheus/alerts.yml', wanted)).toBe(wanted);
    expect(parse(wanted)).toEqual(alertRules());
  });

  it('have each its own name, say what is the matter and what to do', () => {
    expect(new Set(ALERTS.map(({ name }) => name)).size).toBe(ALERTS.length);
    for (const { says, todo } of ALERTS) {
      expect(says).not.toMatch(/\.$/);
      expect(todo).toMatch(/\.$/);
    }
  });
});

describe('the dashboard that is shipped', () => {
  it('is the one of the table', () => {
    const wanted = `${JSON.stringify(dashboard(), null, 2)}\n`;
    expect(JSON.parse(kept('grafana/omnifeed.json', wanted))).toEqual(dashboard()); // the formatter folds short lists
  });
});

describe('what dashboard and alerts ask for', () => {
  const { panels } = dashboard() as {
    readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
  };
  const asked = [
    ...ALERTS.map(({ expr }) => expr),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];

  it('is told by a running process under these names', async () => {
    const text = await openMetrics('1.2.3').text(async () => []);
    const told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    for (const expr of asked) for (const name of namesIn(expr)) expect(told).toContain(name);
  });

  it('has the labels of its metrics', () => {
    const labels = new Map(METRICS.map((spec) => [`${PREFIX}${spec.name}`, spec.labels]));
    for (const expr of asked) {
      const known = new Set(['le', ...namesIn(expr).flatMap((name) => labels.get(name) ?? [])]);
      for (const label of labelsIn(expr)) expect(known, expr).toContain(label);
    }
  });
});
