import { Link } from '@tanstack/react-router';
import { say } from '../strings/say.js';
import { buttonClass } from '../ui/button/button.js';
import { EmptyState } from '../ui/notice/notice.js';
import { PageHead } from '../ui/page-head/page-head.js';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <>
      <PageHead title={say('not_found.title')} name={[say('not_found.title')]} />
      <EmptyState
        title={say('not_found.text')}
        action={
          <Link to="/" className={buttonClass('primary')}>
            {say('not_found.action')}
          </Link>
        }
      />
    </>
  );
}
