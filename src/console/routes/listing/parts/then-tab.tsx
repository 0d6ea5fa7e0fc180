import { useQuery } from '@tanstack/react-query';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { JsonValue } from '../../../ui/json-value/json-value.js';
import { LoadError, Notice } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { IssueText } from '../../listings/parts/issue-text.js';
import { whyThenQuery } from '../queries.js';
import styles from './listing.module.css';

interface Props {
  readonly channel: string;
  readonly sku: string;
  readonly at: string;
}

/** The listing as it was made at an earlier moment, with the way to each value; a band says that this is the past. */
export function ThenTab({ channel, sku, at }: Props) {
  const query = useQuery(whyThenQuery(channel, sku, at));
  const { data, error } = query;
  if (error) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting rows={6} />;
  return (
    <div className={styles.why}>
      <Notice tone="warning">
        {say('listing.past', { at: moment(at) })}{' '}
        {data.mapping === null && say('listing.past_mapping_unknown')}
      </Notice>
      {data.outcome === 'excluded' && (
        <Notice tone="note">{say('listing.excluded', { reason: data.excluded?.reason ?? '—' })}</Notice>
      )}
      {data.issues.map((issue) => (
        <IssueText key={`${issue.code} ${issue.message}`} issue={issue} channel={channel} />
      ))}
      <Card title={say('listing.then')} flush>
        <ul>
          {data.attributes.map(({ name, value, path, issues }) => (
            <li key={name} className={styles.event}>
              <Code>{name}</Code>
              <div>
                <JsonValue value={value} />
                <p className={styles.dim}>{path}</p>
                {issues.map((issue) => (
                  <IssueText key={issue.code} issue={issue} channel={channel} />
                ))}
              </div>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
