import { getRouteApi } from '@tanstack/react-router';
import { say } from '../../strings/say.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import { ProfitReport } from './parts/profit-report.js';
import { SalesReportView } from './parts/sales-report.js';
import { REPORTS } from './search.js';

const route = getRouteApi('/shell/reports');

/** What was sold, and what would each listing leave? */
export function ReportsPage() {
  const search = route.useSearch();
  const report = search.report ?? 'sales';
  return (
    <>
      <PageHead
        title={say('place.reports')}
        name={[say(`reports.${report}`), say('place.reports')]}
        lead={say(`reports.${report}_lead`)}
      />
      <LinkTabs
        label={say('reports.which')}
        current={report}
        tabs={REPORTS.map((id) => ({
          id,
          label: say(`reports.${id}`),
          search: { report: id === 'sales' ? undefined : id },
        }))}
      />
      {report === 'sales' ? <SalesReportView search={search} /> : <ProfitReport search={search} />}
    </>
  );
}
