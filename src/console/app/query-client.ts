import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './call.js';

const FRESH_MS = 15_000;
const TRIES = 2;

/** Facts of the server. Reads are tried again when the server could not be reached; writes never are. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (failures, error) => !(error instanceof ApiProblem && error.status < 500) && failures < TRIES,
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});
