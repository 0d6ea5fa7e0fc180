import type { Listing } from '../../../../api/shapes/listing.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { CopyButton } from '../../../ui/code/code.js';
import styles from './listing.module.css';

const SIDES = ['want', 'sent', 'shows'] as const;

/** The listing as data: what we want, what we sent and what the channel shows, as far as each is known. Its words are the channel's. */
export function RawTab({ listing }: { readonly listing: Listing }) {
  return (
    <div className={styles.why}>
      {SIDES.map((side) => {
        const known = side === 'want' ? true : side === 'sent' ? listing.sentKnown : listing.showsKnown;
        const json = JSON.stringify(attributesOf(listing, side), null, 2);
        const title =
          side === 'shows' ? say('listing.shows', { channel: listing.channel }) : say(`listing.${side}`);
        return (
          <Card key={side} title={title} actions={known && <CopyButton text={json} />} flush>
            {known ? (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached with the keyboard
              <pre className={styles.raw} dir="ltr" tabIndex={0}>
                {json}
              </pre>
            ) : (
              <p className={`${styles.event} ${styles.dim}`}>{say('listing.raw_unknown')}</p>
            )}
          </Card>
        );
      })}
    </div>
  );
}

function attributesOf(listing: Listing, side: (typeof SIDES)[number]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    listing.attributes.flatMap((attribute) =>
      attribute[side] === null ? [] : [[attribute.name, attribute[side]]],
    ),
  );
}
