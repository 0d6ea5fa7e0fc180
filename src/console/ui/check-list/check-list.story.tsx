import { CheckList } from './check-list.js';

/** Well, a doubt, and what is wrong. */
export function Story() {
  return (
    <CheckList
      label="What Google says"
      running
      lines={[
        { code: 'signed_in', severity: 'info', message: 'The channel answered, and knows us.', advice: null },
        {
          code: 'homepage',
          severity: 'warning',
          message: 'The homepage is not claimed.',
          advice: 'Claim it.',
        },
        { code: 'role', severity: 'error', message: 'The role is Standard.', advice: 'Change it to Admin.' },
      ]}
    />
  );
}
