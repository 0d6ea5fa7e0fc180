import type { ProblemGroup } from '../../../../api/shapes/overview.js';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';

/** Until when a problem is put off, by whom and why. */
export function SnoozeFacts({ snooze }: { readonly snooze: NonNullable<ProblemGroup['snooze']> }) {
  const { until, note, by, at } = snooze;
  return (
    <>
      <span>
        {say('snooze.by', { name: by })} <Age at={at} />{' '}
        {until === null ? say('snooze.until_changes') : say('snooze.until', { at: moment(until) })}
      </span>
      {note !== '' && <bdi>“{note}”</bdi>}
    </>
  );
}
