import { Timeline } from './timeline.js';

/** Bought, taken, sent. */
export function Story() {
  return (
    <Timeline
      label="What happened"
      events={[
        { at: '2026-11-23T14:02:00Z', who: 'Channel', what: 'bought at the channel' },
        { at: '2026-11-23T14:03:00Z', who: 'Shop', what: 'placed in shop as 10045' },
        { at: '2026-11-24T16:40:00Z', who: 'Carrier', what: 'parcel 1 left with DHL 00340434161094021501' },
      ]}
    />
  );
}
