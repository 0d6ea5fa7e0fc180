import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../../../app/call.js';
import { remark } from '../../../ui/toast/toast.js';
import type { ShownPlan } from '../queries.js';

interface Decision {
  readonly plan: ShownPlan;
  readonly decide: () => Promise<void>;
  /** What is said when it is done. */
  readonly done: string;
  /** The dialog goes: it is done, or the plan it asked about is no longer there. */
  onClose(): void;
  /** The plan was another one by now: it is fetched again, and what was shown is told beside it. Null: it was in time. */
  onMoved(shown: ShownPlan | null): void;
}

/** A decision about a plan. One that comes too late closes its dialog, so that nobody presses again without looking. */
export function useDecision({ plan, decide, done, onClose, onMoved }: Decision) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    onSuccess: () => {
      onClose();
      onMoved(null);
      remark({ text: done });
    },
    onError: (error) => {
      if (!(error instanceof ApiProblem) || error.code !== 'plan_moved') return;
      onClose();
      onMoved(plan);
    },
    onSettled: async () => {
      // Whoever turns a plan down puts its problem off.
      await Promise.all(
        [['plan', plan.channel], ['problems'], ['overview']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
}
