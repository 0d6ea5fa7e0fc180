import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import {
  beginChannel,
  type ConnectorRow,
  channelsQuery,
  connectorsQuery,
  draftsQuery,
  freeName,
} from '../../app/channels.js';
import { useWhyNot } from '../../app/session.js';
import { say } from '../../strings/say.js';
import { Button, buttonClass } from '../../ui/button/button.js';
import { Refused } from '../../ui/form/form.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import styles from './channels-new.module.css';

const route = getRouteApi('/shell/channels/new');

/** What can be connected: what each needs and how long it takes; or practised on, with made-up accounts on this machine. */
export function ChannelsNewPage() {
  const { kind } = route.useSearch();
  const query = useQuery(connectorsQuery);
  const { data, error } = query;
  const offered = (data?.connectors ?? []).filter(({ guide }) => guide !== null);
  const places = offered.filter(({ lists }) => lists);
  const shops = offered.filter(({ lists }) => !lists);
  const groups = [
    { name: say('channels_new.places'), rows: places },
    { name: say('channels_new.shops'), rows: shops },
  ];
  return (
    <>
      <PageHead
        title={say('channels_new.title')}
        name={[say('channels_new.title'), say('place.channels')]}
        lead={say('channels_new.lead')}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={6} />}
      {data &&
        (kind === 'shop' ? [...groups].reverse() : groups).map(({ name, rows }) => (
          <section key={name} className={styles.group} aria-label={name}>
            <h2>{name}</h2>
            <ul className={styles.tiles}>
              {rows.map((row) => (
                <Tile key={row.id} connector={row} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}

function Tile({ connector: { id, title, guide, simulator } }: { readonly connector: ConnectorRow }) {
  const whyNot = useWhyNot()('channels:write');
  return (
    <li className={styles.tile}>
      <h3>{title}</h3>
      <p>{guide?.needs}</p>
      <p className={styles.dim}>{say('channels_new.takes', { takes: guide?.takes ?? '' })}</p>
      {guide?.limits !== null && <p className={styles.dim}>{guide?.limits}</p>}
      <div className={styles.actions}>
        {whyNot === null ? (
          <Link
            to="/channels/new/$connector"
            params={{ connector: id }}
            className={buttonClass()}
            aria-label={say('channels_new.connect_to', { title })}
          >
            {say('channels_new.connect')}
          </Link>
        ) : (
          <Button whyNot={whyNot}>{say('channels_new.connect')}</Button>
        )}
        {simulator && <Practise connector={id} title={title} />}
      </div>
    </li>
  );
}

/** A channel with a simulator of its own: everything is real but the other side. */
function Practise({ connector, title }: { readonly connector: string; readonly title: string }) {
  const whyNot = useWhyNot()('channels:write');
  const navigate = useNavigate();
  const client = useQueryClient();
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const drafts = useQuery(draftsQuery).data?.drafts ?? [];
  const taken = [...channels, ...drafts].map(({ id }) => id);
  const beginning = useMutation({
    mutationFn: () =>
      beginChannel({
        id: freeName('practice', connector.split('-')[0] ?? connector, taken),
        connector,
        practice: true,
        values: {},
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['channels'] });
      await navigate({ to: '/channels/new/$connector', params: { connector }, search: { channel: id } });
    },
  });
  return (
    <>
      <Button
        kind="quiet"
        aria-label={say('channels_new.practise_on', { title })}
        whyNot={whyNot}
        pending={beginning.isPending}
        onPress={() => beginning.mutate()}
      >
        {say('channels_new.practise')}
      </Button>
      {beginning.error && <Refused error={beginning.error} />}
    </>
  );
}
