import type { Listing } from '../../../../api/shapes/listing.js';
import { say } from '../../../strings/say.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import { IssueText } from '../../listings/parts/issue-text.js';

/** Every complaint about a listing, ours and the channel's. */
export function IssuesTab({ listing }: { readonly listing: Listing }) {
  const issues = [...listing.attributes.flatMap((attribute) => attribute.issues), ...listing.issues];
  if (issues.length === 0)
    return <EmptyState title={say('listing.no_issues')}>{say('listing.no_issues_text')}</EmptyState>;
  return issues.map((issue) => (
    <IssueText
      key={`${issue.origin} ${issue.code} ${issue.attribute ?? ''} ${issue.message}`}
      issue={issue}
      channel={listing.channel}
    />
  ));
}
