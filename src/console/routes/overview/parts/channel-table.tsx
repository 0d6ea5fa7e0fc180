import type { ChannelStanding } from '../../../../api/shapes/overview.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Card } from '../../../ui/card/card.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { Health, type HealthWord } from '../../../ui/health/health.js';
import { LedgerBar } from '../../../ui/ledger-bar/ledger-bar.js';
import styles from './overview.module.css';

/** Worst first. */
const ORDER: readonly HealthWord[] = ['needs-you', 'late', 'catching-up', 'paused', 'not-started', 'on-time'];

/** Every channel: health, where its listings are, how old what it was told is. */
export function ChannelTable({ channels }: { readonly channels: readonly ChannelStanding[] }) {
  const sorted = [...channels].sort(
    (a, b) =>
      ORDER.indexOf(a.health.word) - ORDER.indexOf(b.health.word) || a.channel.localeCompare(b.channel),
  );
  return (
    <Card title={say('overview.channels')} flush>
      <ul className={styles.channels}>
        {sorted.map((standing) => (
          <li key={standing.channel} className={styles.channel}>
            <div className={styles.who}>
              <ChannelMark channel={standing.channel} practice={standing.practice} />
              <Health health={standing.health.word} why={standing.health.because} />
            </div>
            <LedgerBar ledger={standing.ledger} channel={standing.channel} />
            <Ages ages={standing.ages} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Ages({ ages }: Pick<ChannelStanding, 'ages'>) {
  const never = say('overview.never');
  return (
    <dl className={styles.ages}>
      <dt>{say('overview.price')}</dt>
      <dd>
        <Age at={ages.priceSentAt} never={never} />
      </dd>
      <dt>{say('overview.stock')}</dt>
      <dd>
        <Age at={ages.stockSentAt} never={never} />
      </dd>
      <dt>{say('overview.read')}</dt>
      <dd>
        <Age at={ages.readBackAt} never={never} />
      </dd>
    </dl>
  );
}
