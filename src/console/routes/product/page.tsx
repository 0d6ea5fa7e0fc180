import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { say } from '../../strings/say.js';
import { Code } from '../../ui/code/code.js';
import { textOf } from '../../ui/json-value/text-of.js';
import { LoadError, Notice } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import { HistoryList } from '../listing/parts/history-list.js';
import { BundleParts } from './parts/bundle-parts.js';
import { ChannelsTab } from './parts/channels-tab.js';
import { OverridesTab } from './parts/overrides-tab.js';
import styles from './parts/product.module.css';
import { SourceTab } from './parts/source-tab.js';
import { VariantPicker } from './parts/variant-picker.js';
import { productQuery, variantsQuery } from './queries.js';
import { PRODUCT_TABS } from './search.js';

const route = getRouteApi('/shell/catalog/$productId');

/** One product: its variants, and what every channel says about the one that is looked at. */
export function ProductPage() {
  const { productId } = route.useParams();
  const { tab = 'channels', sku } = route.useSearch();
  const product = useQuery(productQuery(productId));
  const variants = useQuery(variantsQuery(productId));
  const error = product.error ?? variants.error;
  const title = textOf(product.data?.product.title) || productId;
  const all = variants.data?.items ?? [];
  const shown = all.find((each) => each.sku === sku) ?? all[0];
  return (
    <>
      <PageHead
        title={<bdi>{title}</bdi>}
        name={[title, say('place.catalog')]}
        beside={
          <>
            <Code copy>{productId}</Code>
            {product.data && <span>{say('catalog.variants', { n: product.data.variantCount })}</span>}
          </>
        }
      />
      {error && (
        <LoadError
          error={error}
          retry={() => {
            void product.refetch();
            void variants.refetch();
          }}
        />
      )}
      {product.data && product.data.status !== 'active' && (
        <Notice tone="warning">{say(`product.status.${product.data.status}`)}</Notice>
      )}
      {!error && !(product.data && variants.data) && <Waiting rows={6} />}
      {product.data && shown && (
        <div className={styles.page}>
          <VariantPicker variants={all} shown={shown} total={product.data.variantCount} />
          <div className={styles.main}>
            <LinkTabs
              label={say('product.tabs')}
              current={tab}
              tabs={PRODUCT_TABS.map((id) => ({
                id,
                label: say(`product.tab.${id}`),
                count: id === 'overrides' ? product.data.overrides.length : undefined,
                search: { tab: id === 'channels' ? undefined : id },
              }))}
            />
            {tab === 'channels' && <BundleParts variant={shown} />}
            {tab === 'channels' && <ChannelsTab variant={shown} />}
            {tab === 'source' && <SourceTab product={product.data} variant={shown} />}
            {tab === 'overrides' && <OverridesTab overrides={product.data.overrides} />}
            {tab === 'history' && <HistoryList sku={shown.sku} />}
          </div>
        </div>
      )}
    </>
  );
}
