import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '../routes/overview/queries.js';

/** What waits for a person, by the id of the page; nothing while it is not known. */
export function useRailCounts(): Readonly<Record<string, number>> {
  const { data } = useQuery(overviewQuery(undefined));
  if (!data) return {};
  return {
    problems: data.problems.filter(({ owner }) => owner === 'operator').length,
    orders: data.orders.needsYou,
  };
}
