import type { SourcePreview } from '../../../../api/shapes/setup.js';
import { say } from '../../../strings/say.js';
import { DataTable } from '../../../ui/data-table/data-table.js';

type Complaint = SourcePreview['errors'][number] & { readonly n?: number };

/** Rows that were set aside, or taken with a doubt: line, column, reason, what to do. */
export function ErrorRows({ errors }: { readonly errors: readonly Complaint[] }) {
  return (
    <DataTable<Complaint>
      caption={say('source_new.complaints')}
      rows={errors}
      keyOf={({ n, line, column, code, key }) => `${n ?? ''} ${line} ${column} ${code} ${key}`}
      nameOf={({ line }) => say('source_new.line_n', { n: line })}
      columns={[
        {
          id: 'reason',
          head: say('source_new.reason'),
          priority: 1,
          cell: ({ reason }) => <bdi>{reason}</bdi>,
        },
        {
          id: 'line',
          head: say('source_new.line'),
          numeric: true,
          width: 'narrow',
          priority: 1,
          cell: ({ line }) => line,
        },
        {
          id: 'column',
          head: say('source_new.column'),
          width: 'medium',
          cell: ({ column }) => <bdi>{column}</bdi>,
        },
        { id: 'key', head: say('source_new.key'), width: 'medium', cell: ({ key }) => <bdi>{key}</bdi> },
        {
          id: 'severity',
          head: say('source_new.effect'),
          width: 'medium',
          cell: ({ severity }) => say(severity === 'error' ? 'source_new.aside' : 'source_new.taken'),
        },
      ]}
    />
  );
}
