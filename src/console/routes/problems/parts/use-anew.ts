import { useQueryClient } from '@tanstack/react-query';

/** Fetches problems anew wherever they are shown: on this page, on the overview, and as the number in the rail. */
export function useAnew(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([['problems'], ['overview']].map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}
