import type { Listing } from '../../../../api/shapes/listing.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { SeenWord, StateChip } from '../../../ui/state-chip/state-chip.js';
import { stateSentence } from '../../listings/parts/state-sentence.js';
import styles from './listing.module.css';

/** What shoppers see, what we are doing, and why, in one band. */
export function ListingStanding({ listing }: { readonly listing: Listing }) {
  const { see, state, channel, sentAt, answeredAt, stock } = listing;
  return (
    <section className={styles.standing} aria-label={say('listing.standing')}>
      <dl className={styles.facts}>
        <div>
          <dt>{say('column.seen')}</dt>
          <dd>
            <SeenWord seen={see} why={say(`seen_why.${see}`, { channel })} />
          </dd>
        </div>
        <div>
          <dt>{say('column.state')}</dt>
          <dd>
            <StateChip state={state.word} />
          </dd>
        </div>
        <div>
          <dt>{say('column.sent')}</dt>
          <dd>
            <Age at={sentAt} never={say('overview.never')} />
          </dd>
        </div>
        <div>
          <dt>{say('column.answered')}</dt>
          <dd>
            <Age at={answeredAt} never={say('overview.never')} />
          </dd>
        </div>
        <div>
          <dt>{say('column.available')}</dt>
          <dd>{stock.available === null ? say('listings.not_counted') : count(stock.available)}</dd>
        </div>
      </dl>
      <p>
        {stateSentence(state, channel)} {stock.onHand !== null && stockSum(listing)}
      </p>
    </section>
  );
}

function stockSum({ stock: { available, onHand, reserved, safetyStock } }: Listing): string {
  return say('listing.stock', {
    available: available === null ? '—' : count(available),
    onHand: onHand === null ? '—' : count(onHand),
    reserved: count(reserved),
    safety: count(safetyStock),
  });
}
