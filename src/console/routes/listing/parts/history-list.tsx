import { useQuery } from '@tanstack/react-query';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Code } from '../../../ui/code/code.js';
import { Diff } from '../../../ui/diff/diff.js';
import { textOf } from '../../../ui/json-value/text-of.js';
import { EmptyState, LoadError } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { historyQuery } from '../queries.js';
import styles from './listing.module.css';

/** What changed about a variant in the catalog, newest first: old → new, by whom or which import. */
export function HistoryList({ sku }: { readonly sku: string }) {
  const query = useQuery(historyQuery(sku));
  const { data, error } = query;
  if (error && !data) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting rows={6} />;
  if (data.length === 0) return <EmptyState title={say('history.empty')} />;
  return (
    <ol className={styles.history}>
      {data.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two changes of one field in one instant have no other name
        <li key={at} className={styles.event}>
          <time dateTime={entry.at} className={styles.dim}>
            {moment(entry.at)}
          </time>
          <div>
            <p>
              <Code>{entry.field}</Code> <Diff before={textOrNull(entry.old)} after={textOrNull(entry.new)} />
            </p>
            <p className={styles.dim}>
              {say(entry.ofProduct ? 'history.product_by' : 'history.by', { actor: entry.actor })}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : textOf(value);
}
