import { useMutation } from '@tanstack/react-query';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import type { ProblemFacts } from '../../../ui/problem-card/problem-card.js';
import { remark } from '../../../ui/toast/toast.js';
import { endSnooze } from '../queries.js';
import { useAnew } from './use-anew.js';

/** Brings a problem back at once. */
export function EndSnooze({ problem: { id, message } }: { readonly problem: ProblemFacts }) {
  const whyNot = useWhyNot()('problems:write');
  const anew = useAnew();
  const ending = useMutation({
    mutationFn: () => endSnooze(id),
    onSuccess: () => remark({ text: say('snooze.ended') }),
    onError: (error) => remark({ text: error.message, failed: true }),
    // Also after a refusal: it may have gone by itself meanwhile.
    onSettled: anew,
  });
  return (
    <Button
      whyNot={whyNot}
      pending={ending.isPending}
      aria-label={say('snooze.end_of', { message })}
      onPress={() => ending.mutate()}
    >
      {say('snooze.end')}
    </Button>
  );
}
