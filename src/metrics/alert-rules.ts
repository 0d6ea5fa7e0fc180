import { ALERTS } from './alerts.js';

/** The alerts as Prometheus reads them: one group, each with what is the matter and what to do. */
export function alertRules(): object {
  return {
    groups: [
      {
        name: 'omnifeed',
        rules: ALERTS.map(({ name, expr, for: held, severity, says, todo }) => ({
          alert: name,
          expr,
          for: held,
          labels: { severity },
          annotations: { summary: says, description: todo },
        })),
      },
    ],
  };
}
