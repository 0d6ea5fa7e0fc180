import type { Overview } from '../../../../api/shapes/overview.js';
import { count, moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import styles from './overview.module.css';

/** What changed since an instant. */
export function DigestCard({ digest }: Pick<Overview, 'digest'>) {
  return (
    <Card title={say('overview.since', { at: moment(digest.since) })}>
      <dl className={styles.numbers}>
        {(['prices', 'contents', 'appeared', 'gone', 'overrides'] as const).map((name) => (
          <div key={name} className={styles.number}>
            <dt className={styles.dim}>{say(`overview.digest.${name}`)}</dt>
            <dd>
              <strong>{count(digest[name])}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
