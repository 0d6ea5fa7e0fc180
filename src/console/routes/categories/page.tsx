import '../../strings/workbench.js';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../../app/call.js';
import { percent } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { CategoryList } from './parts/category-list.js';
import { TaxonomyUpload } from './parts/taxonomy-upload.js';
import { categoriesQuery } from './queries.js';

const route = getRouteApi('/shell/mappings/categories/$channel');
const USUAL = 70;

/** Your categories beside the channel's: what is mapped, what is suggested, how many products are covered. */
export function CategoriesPage() {
  const { channel } = route.useParams();
  const search = route.useSearch();
  const query = useQuery(categoriesQuery(channel, (search.from ?? USUAL) / 100));
  const { data, error } = query;
  const missing = error instanceof ApiProblem && error.code === 'taxonomy_missing';
  return (
    <>
      <PageHead
        title={say('categories.title')}
        name={[say('categories.title'), channel, say('place.mappings')]}
        beside={<ChannelMark channel={channel} />}
        lead={
          data &&
          say('categories.coverage', {
            now: percent(data.coverage.products === 0 ? 0 : data.coverage.now / data.coverage.products),
            after: percent(
              data.coverage.products === 0 ? 0 : data.coverage.afterwards / data.coverage.products,
            ),
            without: data.coverage.withoutPath,
          })
        }
        actions={
          data && (
            <Link
              to="/mappings/lookups/$name"
              params={{ name: data.table }}
              search={{ channel }}
              className={buttonClass()}
            >
              {say('categories.open_table')}
            </Link>
          )
        }
      />
      {missing && <TaxonomyUpload channel={channel} />}
      {error && !missing && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={8} />}
      {data && <CategoryList channel={channel} mapping={data} search={search} from={search.from ?? USUAL} />}
    </>
  );
}
