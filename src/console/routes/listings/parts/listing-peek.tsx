import { Link } from '@tanstack/react-router';
import type { ListingLine } from '../../../../api/shapes/listings.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { buttonClass } from '../../../ui/button/button.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { Code } from '../../../ui/code/code.js';
import { FactList } from '../../../ui/fact-list/fact-list.js';
import { PeekPanel } from '../../../ui/peek-panel/peek-panel.js';
import { SeenWord, StateChip } from '../../../ui/state-chip/state-chip.js';
import { IssueText } from './issue-text.js';
import { stateSentence } from './state-sentence.js';

interface Props {
  readonly line: ListingLine;
  onClose(): void;
  onStep(step: -1 | 1): void;
}

/** One listing beside the list: how it stands, why, and the way to everything about it. */
export function ListingPeek({ line, onClose, onStep }: Props) {
  const {
    title,
    channel,
    sku,
    see,
    state,
    firstIssue,
    price,
    available,
    sentAt,
    answeredAt,
    warnings,
    productId,
  } = line;
  return (
    <PeekPanel
      title={<bdi>{title}</bdi>}
      onClose={onClose}
      onStep={onStep}
      footer={
        <>
          <Link to="/listings/$channel/$sku" params={{ channel, sku }} className={buttonClass('primary')}>
            {say('listings.open')}
          </Link>
          <Link to="/catalog/$productId" params={{ productId }} search={{ sku }} className={buttonClass()}>
            {say('listings.open_product')}
          </Link>
        </>
      }
    >
      <FactList
        facts={[
          [
            say('column.sku'),
            <Code key="sku" copy>
              {sku}
            </Code>,
          ],
          [say('column.channel'), <ChannelMark key="channel" channel={channel} />],
          [say('column.seen'), <SeenWord key="seen" seen={see} />],
          [say('column.state'), <StateChip key="state" state={state.word} warnings={warnings} />],
          [say('column.why'), stateSentence(state, channel)],
          [say('column.price'), price === null ? '—' : money(price)],
          [say('column.available'), available === null ? say('listings.not_counted') : count(available)],
          [say('column.sent'), <Age key="sent" at={sentAt} />],
          [say('column.answered'), <Age key="answered" at={answeredAt} />],
        ]}
      />
      {firstIssue && <IssueText issue={firstIssue} channel={channel} />}
    </PeekPanel>
  );
}
