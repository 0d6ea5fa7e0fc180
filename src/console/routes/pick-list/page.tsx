import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useWhyNot } from '../../app/session.js';
import { say } from '../../strings/say.js';
import { Button, buttonClass } from '../../ui/button/button.js';
import { Refused } from '../../ui/form/form.js';
import { EmptyState, LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { PrintButton } from '../../ui/print-sheet/print-sheet.js';
import { Select } from '../../ui/select/select.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { locationsQuery } from '../order/queries.js';
import styles from './parts/pick-list.module.css';
import { PickSheet } from './parts/pick-sheet.js';
import { pickListsQuery, pickListsWithNames } from './queries.js';

const route = getRouteApi('/shell/orders/pick-list');
const ALL = '*';

/** What do I fetch from the shelves, in the order of the shelves? Made to be printed. */
export function PickListPage() {
  const { location } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(pickListsQuery(location));
  const { data: locations } = useQuery(locationsQuery);
  const whyNot = useWhyNot()('buyers:read');
  const naming = useMutation({ mutationFn: () => pickListsWithNames(location), gcTime: 0 });
  const { error } = query;
  const lists = naming.data ?? query.data;
  const some = lists !== undefined && lists.length > 0;
  return (
    <>
      <PageHead
        title={say('pick.title')}
        name={[say('pick.title'), say('place.orders')]}
        lead={say('pick.lead')}
        actions={
          <span className={styles.screenOnly}>
            {(locations?.length ?? 0) > 0 && (
              <Select
                bare
                label={say('pick.location')}
                value={location ?? ALL}
                onChange={(id) => {
                  naming.reset();
                  void navigate({
                    to: '/orders/pick-list',
                    search: { location: id === ALL ? undefined : id },
                  });
                }}
                choices={[
                  { id: ALL, label: say('pick.all_locations') },
                  ...(locations ?? []).map(({ id, name }) => ({ id, label: name })),
                ]}
              />
            )}
            {some && naming.data === undefined && (
              <Button whyNot={whyNot} pending={naming.isPending} onPress={() => naming.mutate()}>
                {say('pick.names')}
              </Button>
            )}
            {some && <PrintButton />}
          </span>
        }
      />
      {naming.error && <Refused error={naming.error} />}
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!lists && !error && <Waiting rows={6} />}
      {lists && !some && (
        <EmptyState
          title={say('pick.none')}
          action={
            <Link to="/orders" className={buttonClass()}>
              {say('exceptions.all_orders')}
            </Link>
          }
        >
          {say('pick.none_text')}
        </EmptyState>
      )}
      {some && (
        <div className={styles.sheets}>
          {lists.map((list) => (
            <PickSheet key={list.location.id} list={list} />
          ))}
        </div>
      )}
    </>
  );
}
