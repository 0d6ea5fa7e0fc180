import { useNavigate } from '@tanstack/react-router';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { DateField, instantIn, typedMoment } from '../../../ui/date-field/date-field.js';
import styles from './listing.module.css';

/** Travels in time: the moment is part of the address. */
export function AsOf({ at }: { readonly at: string | undefined }) {
  const navigate = useNavigate({ from: '/listings/$channel/$sku' });
  const go = (moment: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, at: moment }), replace: true });
  return (
    <div className={styles.asOf}>
      <DateField
        time
        label={say('listing.as_of')}
        value={at === undefined ? '' : typedMoment(at)}
        max={typedMoment(new Date().toISOString())}
        onChange={(typed) => {
          const moment = instantIn(typed);
          if (moment !== undefined || typed === '') go(moment);
        }}
      />
      {at !== undefined && <Button onPress={() => go(undefined)}>{say('listing.now')}</Button>}
    </div>
  );
}
