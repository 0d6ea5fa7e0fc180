import { catalogTables } from './0001-catalog.js';
import { syncTables } from './0002-sync.js';
import { orderTables } from './0003-orders.js';
import { jobTables } from './0004-jobs.js';
import { portTables } from './0005-ports.js';
import { placingLease } from './0006-placing-lease.js';
import { inspectionTables } from './0007-inspection.js';
import { mappingNoteTables } from './0008-mapping-notes.js';
import { stagingApart } from './0009-staging-apart.js';
import { definitionTables } from './0010-definitions.js';
import { purchaseTables } from './0012-purchases.js';
import { catalogAttributeTables } from './0014-catalog-attributes.js';
import { houseProcessTables } from './0016-house-process.js';
import { hintTables } from './0018-hints.js';
import { orderCore } from './0020-order-core.js';
import { listingLooks } from './0022-listing-looks.js';
import { orderWaysBack } from './0024-order-ways-back.js';
import { saleViews } from './0026-sale-views.js';
import { submissionLane } from './0028-submission-lane.js';
import { buyerMarks } from './0030-buyer-marks.js';
import { countedAt } from './0034-counted-at.js';
import { familyTables } from './0036-families.js';
import { feeEstimates } from './0040-fee-estimates.js';
import { quietUntil } from './0042-quiet-until.js';
import { withdrawnLoad } from './0044-withdrawn-load.js';
import { linksByStore } from './0046-links-by-store.js';
import { pricedBy } from './0050-priced-by.js';
import { stockReadings } from './0052-stock-readings.js';
import { listingWords } from './0054-listing-words.js';
import { listingIssues } from './0056-listing-issues.js';
import { saleFees } from './0058-sale-fees.js';
import { mappingVersions } from './0060-mapping-versions.js';
import { activityTables } from './0062-activity.js';
import { catalogWords } from './0064-catalog-words.js';
import { sentInstants } from './0066-sent-instants.js';
import { storeTables } from './0068-stores.js';
import { finishedAt } from './0070-finished-at.js';
import { accessTables } from './0072-access.js';
import { stockAllotments } from './0074-stock-allotments.js';
import { consents } from './0076-consents.js';
import { setupTables } from './0078-setup.js';
import { stockOwners } from './0080-stock-owners.js';
import { offerLags } from './0082-offer-lags.js';
import { listingWordRows } from './0084-listing-word-rows.js';
import { skuLinks } from './0086-sku-links.js';
import { peopleDecide } from './0088-people-decide.js';
import { shopRefunds } from './0090-shop-refunds.js';
import { practiceChannels } from './0092-practice-channels.js';
import { firstListings } from './0094-first-listings.js';
import { bundles } from './0096-bundles.js';
import { outgoingWebhooks } from './0098-outgoing-webhooks.js';
import { owedTicks } from './0100-owed-ticks.js';
import { keyBounds } from './0102-key-bounds.js';
import { shopHandovers } from './0104-shop-handovers.js';
import { channelSecrets } from './0106-channel-secrets.js';
import { shopStock } from './0108-shop-stock.js';
import type { Migration } from './migration.js';

/** Every step of the schema, oldest first. Steps are added, never changed. */
export const MIGRATIONS: readonly Migration[] = [
  catalogTables,
  syncTables,
  orderTables,
  jobTables,
  portTables,
  placingLease,
  inspectionTables,
  mappingNoteTables,
  stagingApart,
  definitionTables,
  purchaseTables,
  catalogAttributeTables,
  houseProcessTables,
  hintTables,
  orderCore,
  listingLooks,
  orderWaysBack,
  saleViews,
  submissionLane,
  buyerMarks,
  countedAt,
  familyTables,
  feeEstimates,
  quietUntil,
  withdrawnLoad,
  linksByStore,
  pricedBy,
  stockReadings,
  listingWords,
  listingIssues,
  saleFees,
  mappingVersions,
  activityTables,
  catalogWords,
  sentInstants,
  storeTables,
  finishedAt,
  accessTables,
  stockAllotments,
  consents,
  setupTables,
  stockOwners,
  offerLags,
  listingWordRows,
  skuLinks,
  peopleDecide,
  shopRefunds,
  practiceChannels,
  firstListings,
  bundles,
  outgoingWebhooks,
  owedTicks,
  keyBounds,
  shopHandovers,
  channelSecrets,
  shopStock,
];
