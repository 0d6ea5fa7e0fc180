import '../../strings/workbench.js';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MappingLine } from '../../../api/shapes/mapping-types.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { buttonClass } from '../../ui/button/button.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { mappingsQuery } from '../mapping/queries.js';
import styles from './mappings.module.css';

/** The mapping of every channel: what is published, who works on it. */
export function MappingsPage() {
  const query = useQuery(mappingsQuery);
  const { data, error } = query;
  return (
    <>
      <PageHead title={say('place.mappings')} name={[say('place.mappings')]} lead={say('mappings.lead')} />
      {error && !data && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {data?.length === 0 && (
        <EmptyState
          title={say('mappings.none')}
          action={
            <Link to="/start" className={buttonClass('primary')}>
              {say('catalog.empty_action')}
            </Link>
          }
        >
          {say('mappings.none_text')}
        </EmptyState>
      )}
      <ul className={styles.cards}>
        {data?.map((line) => (
          <MappingCard key={line.channel} line={line} />
        ))}
      </ul>
    </>
  );
}

function MappingCard({ line }: { readonly line: MappingLine }) {
  const { channel, version, at, draft } = line;
  return (
    <li className={styles.card} data-row={channel} tabIndex={-1}>
      <h2>
        <Link to="/mappings/$channel/$view" params={{ channel, view: 'rules' }} className={styles.name}>
          <ChannelMark channel={channel} />
        </Link>
      </h2>
      <p>
        {version === 0 ? say('mappings.default') : say('mapping.standing', { n: version })}{' '}
        {version > 0 && <Age at={at} />}
      </p>
      <p className={styles.draft}>
        {draft === null
          ? say('mappings.no_draft')
          : say(draft.askedBy === null ? 'mappings.draft' : 'mappings.asked', {
              who: (draft.askedBy ?? draft.author).replace(/^operator:/, ''),
            })}{' '}
        {draft !== null && <Age at={draft.at} />}
      </p>
      <p className={styles.links}>
        <Link to="/mappings/$channel/$view" params={{ channel, view: 'rules' }} className={buttonClass()}>
          {say('mappings.open')}
        </Link>
        <Link to="/mappings/$channel/$view" params={{ channel, view: 'attributes' }}>
          {say('mapping.view.attributes')}
        </Link>
        <Link to="/mappings/categories/$channel" params={{ channel }}>
          {say('categories.title')}
        </Link>
        <Link to="/mappings/lookups" search={{ channel }}>
          {say('lookups.title')}
        </Link>
      </p>
    </li>
  );
}
