import { Link } from '@tanstack/react-router';
import { say } from '../../../strings/say.js';
import { buttonClass } from '../../../ui/button/button.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import { filtersSet, type ListingsSearch } from '../search.js';

/** No row: nothing there yet, or nothing that matches. */
export function NoListings({ search }: { readonly search: ListingsSearch }) {
  if (search.state === undefined && filtersSet(search) === 0)
    return (
      <EmptyState
        title={say('listings.empty')}
        action={
          <Link to="/start" className={buttonClass('primary')}>
            {say('listings.empty_action')}
          </Link>
        }
      >
        {say('listings.empty_text')}
      </EmptyState>
    );
  const state = search.state === undefined ? say('listings.all') : say(`part.${search.state}`);
  const good = search.state === 'blocked' || search.state === 'rejected' || search.state === 'held';
  return (
    <EmptyState
      title={
        search.channel === undefined
          ? say('listings.none', { state })
          : say('listings.none_on', { state, channel: search.channel })
      }
      action={
        <Link to="/listings" search={{}} className={buttonClass()}>
          {say('filters.clear')}
        </Link>
      }
    >
      {good && filtersSet(search) === 0 ? say('listings.none_good') : say('listings.none_text')}
    </EmptyState>
  );
}
