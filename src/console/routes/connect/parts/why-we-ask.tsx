import { say } from '../../../strings/say.js';
import type { WizardStep } from '../steps.js';
import styles from './connect.module.css';

/** Why a step is asked, and where on the channel's own site, with the month somebody last read it there. */
export function WhyWeAsk({ step: { id, guide } }: { readonly step: WizardStep }) {
  const why = guide === null ? commonWhy(id) : guide.why;
  if (why === '') return <aside className={styles.why} aria-label={say('connect.why')} hidden />;
  return (
    <aside className={styles.why} aria-label={say('connect.why')}>
      <h2>{say('connect.why')}</h2>
      <p>{why}</p>
      {guide?.where && (
        <>
          <p className={styles.path}>{guide.where.path}</p>
          <p>{say('connect.verified', { month: monthOf(guide.where.verified) })}</p>
        </>
      )}
    </aside>
  );
}

function commonWhy(id: string): string {
  if (id === 'market') return say('connect.market_why');
  if (id === 'orders') return say('connect.orders_why');
  return id === 'ready' ? say('connect.ready_why') : say('connect.start_why');
}

function monthOf(verified: string): string {
  const [year = 0, month = 1] = verified.split('-').map(Number);
  const at = new Date(Date.UTC(year, month - 1, 1));
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at);
}
