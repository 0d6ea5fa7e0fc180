import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ProfitPreview, SalesReport } from '../../../api/shapes/reports.js';
import { call, pathOf } from '../../app/call.js';
import type { ReportsSearch } from './search.js';

/** Sales added up. */
export function salesQuery({ by = 'day', channel, from, to }: ReportsSearch) {
  const query = { by, channel, from, to };
  return queryOptions({
    queryKey: ['reports', 'sales', query],
    queryFn: ({ signal }) => call<SalesReport>('GET', '/reports/sales', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The address of the same as a file. */
export function salesFile(
  { by = 'day', channel, from, to }: ReportsSearch,
  format: 'csv' | 'parquet',
): string {
  const given = Object.entries({ by, channel, from, to, format }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return `/api/v1/reports/sales/file?${new URLSearchParams(given)}`;
}

/** What a unit of each listing of a channel would leave. */
export function profitQuery(channel: string) {
  return queryOptions({
    queryKey: ['reports', 'profit', channel],
    queryFn: ({ signal }) => call<ProfitPreview>('GET', pathOf('/reports/profit', channel), { signal }),
    staleTime: 60_000,
  });
}
