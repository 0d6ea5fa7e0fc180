/** Messages of inventories, the local feeds partnership, promotions and order tracking, in the form of `discovery.ts` (discovery documents of 2026-09-03 and 2026-09-10). */
export const SIDE_MESSAGES = `
LocalInventory {
  string: name storeCode;
  LocalInventoryAttributes: localInventoryAttributes; }
LocalInventoryAttributes {
  IN_STOCK| LIMITED_AVAILABILITY| ON_DISPLAY_TO_ORDER| OUT_OF_STOCK: availability;
  string: instoreProductLocation localShippingLabel;
  InventoryLoyaltyProgram[]: loyaltyPrograms;
  BUY| RESERVE| SHIP_TO_STORE| NOT_SUPPORTED: pickupMethod;
  SAME_DAY| NEXT_DAY| TWO_DAY| THREE_DAY| FOUR_DAY| FIVE_DAY| SIX_DAY| SEVEN_DAY| MULTI_WEEK: pickupSla;
  Price: price salePrice;
  int64: quantity;
  Interval: salePriceEffectiveDate; }
RegionalInventory {
  string: name region;
  RegionalInventoryAttributes: regionalInventoryAttributes; }
RegionalInventoryAttributes {
  IN_STOCK| OUT_OF_STOCK: availability;
  InventoryLoyaltyProgram[]: loyaltyPrograms;
  Price: price salePrice;
  Interval: salePriceEffectiveDate; }
InventoryLoyaltyProgram {
  Price: cashbackForFutureUse price;
  int64: loyaltyPoints;
  Interval: memberPriceEffectiveInterval;
  string: programLabel shippingLabel tierLabel; }
LfpInventory {
  string: availability contentLanguage feedLabel gtin name offerId pickupMethod pickupSla regionCode storeCode;
  time: collectionTime;
  Price: price;
  int64: quantity targetAccount; }
LfpStore {
  string[]: gcidCategory;
  STORE_MATCHING_STATE_UNSPECIFIED| STORE_MATCHING_STATE_MATCHED| STORE_MATCHING_STATE_FAILED: matchingState;
  string: matchingStateHint name phoneNumber placeId storeAddress storeCode storeName websiteUri;
  int64: targetAccount; }
InsertPromotionRequest {
  string: dataSource;
  Promotion: promotion; }
Promotion {
  PromotionAttributes: attributes;
  string: contentLanguage name promotionId targetCountry;
  ONLINE| IN_STORE[]: redemptionChannel;
  int64: versionNumber; }
PromotionAttributes {
  NEW_CUSTOMERS| LOCATION: audience;
  string[]: brandExclusion brandInclusion googleProductCategories itemGroupIdExclusion itemGroupIdInclusion
    itemIdExclusion itemIdInclusion productTypeExclusion productTypeInclusion regionIdInclusion
    storeCodesExclusion storeCodesInclusion;
  MONEY_OFF| PERCENT_OFF| BUY_M_GET_N_MONEY_OFF| BUY_M_GET_N_PERCENT_OFF| BUY_M_GET_MONEY_OFF|
    BUY_M_GET_PERCENT_OFF| FREE_GIFT| FREE_GIFT_WITH_VALUE| FREE_GIFT_WITH_ITEM_ID| FREE_SHIPPING_STANDARD|
    FREE_SHIPPING_OVERNIGHT| FREE_SHIPPING_TWO_DAY| MONEY_OFF_RANGE| PERCENT_OFF_RANGE: couponValueType;
  string: customRedemptionRestriction freeGiftDescription freeGiftItemId genericRedemptionCode longTitle promotionUrl;
  SITEWIDE| SPECIFIC_CATEGORIES: eventApplicability;
  Price: freeGiftValue limitValue maxDiscountAmount maxMoneyOffAmount minimumPurchaseAmount minMoneyOffAmount
    moneyOffAmount;
  int64: getThisQuantityDiscounted limitQuantity maxPercentOff minimumPurchaseQuantity minPercentOff percentOff;
  NO_CODE| GENERIC_CODE: offerType;
  ALL_PRODUCTS| SPECIFIC_PRODUCTS: productApplicability;
  SHOPPING_ADS| DISPLAY_ADS| LOCAL_INVENTORY_ADS| FREE_LISTINGS| FREE_LOCAL_LISTINGS| YOUTUBE_SHOPPING|
    YOUTUBE_SHOPPING_CHECKOUT| YOUTUBE_AFFILIATE| FREE_VEHICLE_LISTINGS| VEHICLE_ADS| CLOUD_RETAIL|
    LOCAL_CLOUD_RETAIL| RENTAL_ADS[]: promotionDestinations;
  Interval: promotionDisplayTimePeriod promotionEffectiveTimePeriod;
  SUBSCRIBE| FIRST_ORDER| SIGN_UP_FOR_EMAIL| SIGN_UP_FOR_TEXT| FORM_OF_PAYMENT| CUSTOM: redemptionRestriction;
  ALL_STORES| SPECIFIC_STORES: storeApplicability; }
OrderTrackingSignal {
  Price: customerShippingFee;
  string: deliveryPostalCode deliveryRegionCode orderId;
  int64: merchantId;
  LineItemDetails[]: lineItems;
  DateTime: orderCreatedTime;
  ShipmentLineItemMapping[]: shipmentLineItemMapping;
  ShippingInfo[]: shippingInfo; }
LineItemDetails {
  string: brand lineItemId mpn productId productTitle;
  string[]: gtins;
  int64: quantity; }
ShipmentLineItemMapping {
  string: lineItemId shipmentId;
  int64: quantity; }
ShippingInfo {
  DateTime: actualDeliveryTime earliestDeliveryPromiseTime latestDeliveryPromiseTime shippedTime;
  string: carrier carrierService originPostalCode originRegionCode shipmentId trackingId;
  SHIPPED| DELIVERED: shippingStatus; }
DateTime {
  number: day hours minutes month nanos seconds year;
  TimeZone: timeZone;
  string: utcOffset; }
TimeZone {
  string: id version; }
`;
