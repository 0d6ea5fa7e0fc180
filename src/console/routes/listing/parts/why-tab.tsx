import type { Listing } from '../../../../api/shapes/listing.js';
import { say } from '../../../strings/say.js';
import { Disclosure } from '../../../ui/disclosure/disclosure.js';
import { JsonValue } from '../../../ui/json-value/json-value.js';
import { Notice } from '../../../ui/notice/notice.js';
import { IssueText } from '../../listings/parts/issue-text.js';
import styles from './listing.module.css';
import { TracePath } from './trace-path.js';

type Attribute = Listing['attributes'][number];

/** Every attribute as wanted, as sent and as shown; those that differ or have an issue open, the others folded. */
export function WhyTab({ listing }: { readonly listing: Listing }) {
  const loud = listing.attributes.filter(({ differs, issues }) => differs || issues.length > 0);
  const quiet = listing.attributes.filter((attribute) => !loud.includes(attribute));
  return (
    <div className={styles.why}>
      {listing.outcome === 'excluded' && (
        <Notice tone="note">{say('listing.excluded', { reason: listing.excluded ?? '—' })}</Notice>
      )}
      {listing.selectedBy.length > 0 && listing.outcome !== 'excluded' && (
        <p className={styles.dim}>{say('listing.selected', { by: listing.selectedBy.join(' · ') })}</p>
      )}
      {loud.length > 0 && (
        <AttributeTable listing={listing} attributes={loud} caption={say('listing.differing')} open />
      )}
      {quiet.length > 0 &&
        (loud.length === 0 ? (
          <AttributeTable listing={listing} attributes={quiet} caption={say('listing.equal')} />
        ) : (
          <div className={styles.fold}>
            <Disclosure summary={say('listing.more', { n: quiet.length })}>
              <AttributeTable listing={listing} attributes={quiet} caption={say('listing.equal')} />
            </Disclosure>
          </div>
        ))}
    </div>
  );
}

interface TableProps {
  readonly listing: Listing;
  readonly attributes: readonly Attribute[];
  readonly caption: string;
  readonly open?: boolean;
}

function AttributeTable({ listing, attributes, caption, open = false }: TableProps) {
  const { channel } = listing;
  return (
    <table className={styles.attributes}>
      <caption className={styles.unseen}>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say('listing.attribute')}</th>
          <th scope="col">{say('listing.want')}</th>
          <th scope="col">{say('listing.sent')}</th>
          <th scope="col">{say('listing.shows', { channel })}</th>
        </tr>
      </thead>
      <tbody>
        {attributes.map((attribute) => (
          <AttributeRows key={attribute.name} listing={listing} attribute={attribute} open={open} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly listing: Listing;
  readonly attribute: Attribute;
  readonly open: boolean;
}

function AttributeRows({ listing, attribute, open }: RowProps) {
  const { channel, sentKnown, showsKnown } = listing;
  const { name, want, sent, shows, differs, steps, notes, issues } = attribute;
  return (
    <>
      <tr data-differs={differs ? '' : undefined}>
        <th scope="row">
          <code dir="ltr">{name}</code>
        </th>
        <td data-label={say('listing.want')}>
          <JsonValue value={want} />
        </td>
        <td data-label={say('listing.sent')}>
          <JsonValue value={sent} none={sentKnown ? say('value.none') : say('value.unknown')} />
        </td>
        <td data-label={say('listing.shows', { channel })}>
          <JsonValue value={shows} none={showsKnown ? say('value.none') : say('value.unknown')} />{' '}
          {differs && <span className={styles.differs}>{say('listing.differs')}</span>}
        </td>
      </tr>
      {steps.length + notes.length + issues.length > 0 && (
        <tr className={styles.below}>
          <td colSpan={4}>
            {issues.map((issue) => (
              <IssueText key={`${issue.code} ${issue.message}`} issue={issue} channel={channel} />
            ))}
            {steps.length + notes.length > 0 && (
              <Disclosure
                summary={say('listing.why_of', { attribute: name })}
                startOpen={open && issues.some(({ severity }) => severity === 'error')}
              >
                <TracePath steps={steps} notes={notes} />
              </Disclosure>
            )}
          </td>
        </tr>
      )}
    </>
  );
}
