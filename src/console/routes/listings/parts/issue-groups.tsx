import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { IssueGroups } from '../../../../api/shapes/listings.js';
import { count, day } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { buttonClass } from '../../../ui/button/button.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { Code } from '../../../ui/code/code.js';
import { LoadError } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { groupsQuery } from '../queries.js';
import type { ListingsSearch } from '../search.js';
import styles from './issue-groups.module.css';
import { NoListings } from './no-listings.js';

/** Equal issues as one line each: what, how many, what shoppers still see, an example. */
export function IssueGroupList({ search }: { readonly search: ListingsSearch }) {
  const query = useQuery(groupsQuery(search));
  const { data, error } = query;
  if (error && !data) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting />;
  if (data.groups.length === 0) return <NoListings search={search} />;
  return (
    <div className={styles.groups}>
      <p role="status" className={styles.head}>
        {say('listings.in_groups', {
          listings: count(data.listings),
          groups: data.groups.length + data.more,
        })}
      </p>
      <ul>
        {data.groups.map((group) => (
          <Group
            key={`${group.channel} ${group.origin} ${group.code} ${group.attribute}`}
            group={group}
            search={search}
          />
        ))}
      </ul>
      {data.more > 0 && <p className={styles.head}>{say('listings.more_groups', { n: data.more })}</p>}
    </div>
  );
}

function Group({
  group,
  search,
}: {
  readonly group: IssueGroups['groups'][number];
  readonly search: ListingsSearch;
}) {
  const { channel, code, attribute, listings, stillShown, sample, origin, since } = group;
  const issue = attribute === null ? code : `${code}:${attribute}`;
  return (
    <li className={styles.group} data-row={`${channel} ${issue}`} tabIndex={-1}>
      <div className={styles.main}>
        <p className={styles.title}>
          <Link to="/listings" search={{ ...search, channel, issue }} className={styles.name}>
            <bdi>{sample.issue.message}</bdi>
          </Link>
        </p>
        {sample.issue.advice !== undefined && <p className={styles.advice}>{sample.issue.advice}</p>}
        <p className={styles.facts}>
          <ChannelMark channel={channel} />
          {attribute !== null && <Code>{attribute}</Code>}
          {since !== null && <span>{say('problem.since', { day: day(since) })}</span>}
          <span>{origin === 'ours' ? say('issue.ours') : say('issue.theirs', { channel })}</span>
          <span>
            {say('listings.example')}{' '}
            <Link to="/listings/$channel/$sku" params={{ channel, sku: sample.sku }}>
              <code dir="ltr">{sample.sku}</code>
            </Link>
          </span>
        </p>
      </div>
      <p className={styles.numbers}>
        <Link to="/listings" search={{ ...search, channel, issue }} className={styles.count}>
          {say('listings.count', { n: listings })}
        </Link>
        <span>
          {stillShown === 0
            ? say('listings.none_shown')
            : say('listings.still_shown', { n: count(stillShown) })}
        </span>
      </p>
      <p className={styles.ways}>
        {attribute !== null && origin === 'ours' && (
          <Link
            to="/mappings/$channel/$view"
            params={{ channel, view: 'attributes' }}
            search={{ find: attribute, sku: sample.sku }}
            className={buttonClass()}
          >
            {say('listings.fix')}
          </Link>
        )}
        <Link to="/listings" search={{ ...search, channel, issue }} className={buttonClass()}>
          {say('listings.see')}
        </Link>
      </p>
    </li>
  );
}
