import {
  type AttributeRow,
  choice,
  group,
  number,
  row,
  spelled,
  text,
  tiedGroup,
  URL_VALUE,
  YES_NO,
} from './row.js';

const TYPINGS = { source: 'typings' } as const;

const DESTINATION = spelled({
  Shopping_ads: 'SHOPPING_ADS',
  Display_ads: 'DISPLAY_ADS',
  Local_inventory_ads: 'LOCAL_INVENTORY_ADS',
  Free_listings: 'FREE_LISTINGS',
  Free_local_listings: 'FREE_LOCAL_LISTINGS',
  YouTube_Shopping: 'YOUTUBE_SHOPPING',
  YouTube_Shopping_checkout: 'YOUTUBE_SHOPPING_CHECKOUT',
  YouTube_affiliate: 'YOUTUBE_AFFILIATE',
  Free_vehicle_listings: 'FREE_VEHICLE_LISTINGS',
  Vehicle_ads: 'VEHICLE_ADS',
  Cloud_retail: 'CLOUD_RETAIL',
  Local_cloud_retail: 'LOCAL_CLOUD_RETAIL',
  Rental_ads: 'RENTAL_ADS',
});

/** Campaigns and destinations (specification 5.5). */
export const CAMPAIGNS: readonly AttributeRow[] = [
  row('ads_redirect', URL_VALUE, { note: 'Same registered domain as link.' }),
  ...[0, 1, 2, 3, 4].map((place) => row(`custom_label_${place}`, text(100))),
  row('promotion_id', text(50), { field: 'promotionIds', list: 10 }),
  row('external_seller_id', text(50)),
  row('included_destination', DESTINATION, { field: 'includedDestinations', list: 13 }),
  row('excluded_destination', DESTINATION, { field: 'excludedDestinations', list: 13 }),
  row('shopping_ads_excluded_country', text(2), { field: 'shoppingAdsExcludedCountries', list: 250 }),
  row('ads_grouping', text(), TYPINGS),
  row('ads_labels', text(), { list: 100, ...TYPINGS }),
  row('display_ads_id', text(), TYPINGS),
  row('display_ads_title', text(), TYPINGS),
  row('display_ads_link', URL_VALUE, TYPINGS),
  row('display_ads_similar_id', text(), { field: 'displayAdsSimilarIds', list: 10, ...TYPINGS }),
  row('display_ads_value', number(0), TYPINGS),
  row('native_commerce', YES_NO, { custom: true, field: 'native commerce', source: 'ucp' }),
  row('merchant_item_id', text(), { custom: true, field: 'merchant item id', source: 'ucp' }),
  row(
    'consumer_notice',
    group(
      row('consumer_notice_type', choice('LEGAL_DISCLAIMER', 'SAFETY_WARNING', 'PROP_65'), {
        field: 'consumer notice type',
        requirement: 'required',
      }),
      row('consumer_notice_message', text(1000), {
        field: 'consumer notice message',
        requirement: 'required',
      }),
    ),
    { custom: true, field: 'consumer notice', list: 10, source: 'ucp' },
  ),
  row(
    'custom_attribute',
    tiedGroup(
      { clashes: [['value', 'group_value']] },
      row('name', text(), { requirement: 'required' }),
      row('value', text(10_240)),
      row(
        'group_value',
        group(row('name', text(), { requirement: 'required' }), row('value', text(10_240))),
        {
          field: 'groupValues',
          list: 2_500,
        },
      ),
    ),
    {
      field: 'customAttributes',
      custom: true,
      list: 2_500,
      ...TYPINGS,
      note: 'Anything without a field of its own: name with value or with group_value. 102.4 kB in all.',
    },
  ),
];
