import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Card } from '../../ui/card/card.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { type FirstStep, startQuery } from './queries.js';
import styles from './start.module.css';

/** The first steps of a new house, each with its real count and a link to the real page. */
export function StartPage() {
  const query = useQuery(startQuery);
  const { data, error } = query;
  return (
    <>
      <PageHead title={say('start.title')} name={[say('start.title')]} lead={say('start.lead')} />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={6} />}
      {data && (
        <Card
          title={say('start.done', {
            done: data.steps.filter(({ done }) => done).length,
            all: data.steps.length,
          })}
          flush
        >
          <ol className={styles.steps}>
            {data.steps.map((step) => (
              <Step key={step.step} step={step} />
            ))}
          </ol>
        </Card>
      )}
    </>
  );
}

/** Where a step is taken. */
const PLACES = {
  products: '/sources/new',
  channel: '/channels/new',
  ready: '/listings',
  'first-listing': '/plans',
  'real-channel': '/channels/new',
  'real-listing': '/listings',
} as const satisfies Readonly<Record<FirstStep['step'], string>>;

function Step({ step: { step, done, count: n } }: { readonly step: FirstStep }) {
  const Mark = done ? CircleCheck : Circle;
  return (
    <li className={styles.step} data-done={done ? '' : undefined}>
      <Mark size={24} strokeWidth={1.5} aria-hidden="true" />
      <div>
        <p className={styles.name}>
          <Link to={PLACES[step]}>{say(`start.${step}`)}</Link>
          <span className={styles.unseen}>{done ? say('start.is_done') : say('start.is_open')}</span>
        </p>
        <p className={styles.dim}>{say(`start.${step}_count`, { n: count(n) })}</p>
      </div>
    </li>
  );
}
