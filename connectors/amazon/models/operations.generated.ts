// Written by connectors/amazon/models/write-models.ts from Amazon's published models; do not edit.
import type { JsonObject } from '../../../src/domain/json.js';
import type { NoQuery, Open } from './open-types.js';

// listingsItems_2021-08-01
export type ListingsAudience = { readonly value?: string; readonly displayName?: string };
export type ListingsDecimal = string;
export type ListingsFulfillmentAvailability = { readonly fulfillmentChannelCode: string; readonly quantity?: number };
export type ListingsIssue = { readonly code: string; readonly message: string; readonly severity: Open<"ERROR" | "WARNING" | "INFO">; readonly attributeNames?: readonly string[]; readonly categories: readonly string[]; readonly enforcements?: ListingsIssueEnforcements; readonly marketplaceIds?: readonly string[] };
export type ListingsIssueEnforcementAction = { readonly action: string };
export type ListingsIssueEnforcements = { readonly actions: readonly ListingsIssueEnforcementAction[]; readonly exemption: ListingsIssueExemption };
export type ListingsIssueExemption = { readonly status: Open<"EXEMPT" | "EXEMPT_UNTIL_EXPIRY_DATE" | "NOT_EXEMPT">; readonly expiryDate?: string };
export type ListingsItem = { readonly sku: string; readonly summaries?: ListingsItemSummaries; readonly attributes?: ListingsItemAttributes; readonly issues?: ListingsItemIssues; readonly offers?: ListingsItemOffers; readonly fulfillmentAvailability?: readonly ListingsFulfillmentAvailability[]; readonly procurement?: readonly ListingsItemProcurement[]; readonly relationships?: ListingsItemRelationships; readonly productTypes?: ListingsItemProductTypes };
export type ListingsItemAttributes = JsonObject;
export type ListingsItemIdentifiers = readonly ListingsItemIdentifiersByMarketplace[];
export type ListingsItemIdentifiersByMarketplace = { readonly marketplaceId?: string; readonly asin?: string };
export type ListingsItemImage = { readonly link: string; readonly height: number; readonly width: number };
export type ListingsItemIssues = readonly ListingsIssue[];
export type ListingsItemOfferByMarketplace = { readonly marketplaceId: string; readonly offerType: Open<"B2C" | "B2B">; readonly price: ListingsMoney; readonly points?: ListingsPoints; readonly audience?: ListingsAudience };
export type ListingsItemOffers = readonly ListingsItemOfferByMarketplace[];
export type ListingsItemPatchRequest = { readonly productType: string; readonly patches: readonly ListingsPatchOperation[] };
export type ListingsItemProcurement = { readonly costPrice: ListingsMoney };
export type ListingsItemProductTypeByMarketplace = { readonly marketplaceId: string; readonly productType: string };
export type ListingsItemProductTypes = readonly ListingsItemProductTypeByMarketplace[];
export type ListingsItemPutRequest = { readonly productType: string; readonly requirements?: Open<"LISTING" | "LISTING_PRODUCT_ONLY" | "LISTING_OFFER_ONLY">; readonly attributes: JsonObject };
export type ListingsItemRelationship = { readonly childSkus?: readonly string[]; readonly parentSkus?: readonly string[]; readonly variationTheme?: ListingsItemVariationTheme; readonly type: Open<"VARIATION" | "PACKAGE_HIERARCHY"> };
export type ListingsItemRelationships = readonly ListingsItemRelationshipsByMarketplace[];
export type ListingsItemRelationshipsByMarketplace = { readonly marketplaceId: string; readonly relationships: readonly ListingsItemRelationship[] };
export type ListingsItemSearchResults = { readonly numberOfResults: number; readonly pagination?: ListingsPagination; readonly items: readonly ListingsItem[] };
export type ListingsItemSubmissionResponse = { readonly sku: string; readonly status: Open<"ACCEPTED" | "INVALID" | "VALID">; readonly submissionId: string; readonly issues?: readonly ListingsIssue[]; readonly identifiers?: ListingsItemIdentifiers };
export type ListingsItemSummaries = readonly ListingsItemSummaryByMarketplace[];
export type ListingsItemSummaryByMarketplace = { readonly marketplaceId: string; readonly asin?: string; readonly productType: string; readonly conditionType?: Open<"new_new" | "new_open_box" | "new_oem" | "refurbished_refurbished" | "used_like_new" | "used_very_good" | "used_good" | "used_acceptable" | "collectible_like_new" | "collectible_very_good" | "collectible_good" | "collectible_acceptable" | "club_club">; readonly status: readonly Open<"BUYABLE" | "DISCOVERABLE">[]; readonly fnSku?: string; readonly itemName?: string; readonly createdDate: string; readonly lastUpdatedDate: string; readonly mainImage?: ListingsItemImage };
export type ListingsItemVariationTheme = { readonly attributes: readonly string[]; readonly theme: string };
export type ListingsMoney = { readonly currencyCode: string; readonly amount: ListingsDecimal };
export type ListingsPagination = { readonly nextToken?: string; readonly previousToken?: string };
export type ListingsPatchOperation = { readonly op: Open<"add" | "replace" | "merge" | "delete">; readonly path: string; readonly value?: readonly JsonObject[] };
export type ListingsPoints = { readonly pointsNumber: number };

// definitionsProductTypes_2020-09-01
export type DefinitionsProductType = { readonly name: string; readonly displayName: string; readonly marketplaceIds: readonly string[] };
export type DefinitionsProductTypeDefinition = { readonly metaSchema?: DefinitionsSchemaLink; readonly schema: DefinitionsSchemaLink; readonly requirements: Open<"LISTING" | "LISTING_PRODUCT_ONLY" | "LISTING_OFFER_ONLY">; readonly requirementsEnforced: Open<"ENFORCED" | "NOT_ENFORCED">; readonly propertyGroups: { readonly [name: string]: DefinitionsPropertyGroup }; readonly locale: string; readonly marketplaceIds: readonly string[]; readonly productType: string; readonly displayName: string; readonly productTypeVersion: DefinitionsProductTypeVersion };
export type DefinitionsProductTypeList = { readonly productTypes: readonly DefinitionsProductType[]; readonly productTypeVersion: string };
export type DefinitionsProductTypeVersion = { readonly version: string; readonly latest: boolean; readonly releaseCandidate?: boolean };
export type DefinitionsPropertyGroup = { readonly title?: string; readonly description?: string; readonly propertyNames?: readonly string[] };
export type DefinitionsSchemaLink = { readonly link: { readonly resource: string; readonly verb: Open<"GET"> }; readonly checksum: string };

// catalogItems_2022-04-01
export type CatalogBrandRefinement = { readonly numberOfResults: number; readonly brandName: string };
export type CatalogClassificationRefinement = { readonly numberOfResults: number; readonly displayName: string; readonly classificationId: string };
export type CatalogDimension = { readonly unit?: string; readonly value?: number };
export type CatalogDimensions = { readonly height?: CatalogDimension; readonly length?: CatalogDimension; readonly weight?: CatalogDimension; readonly width?: CatalogDimension };
export type CatalogItem = { readonly asin: CatalogItemAsin; readonly attributes?: CatalogItemAttributes; readonly classifications?: CatalogItemBrowseClassifications; readonly dimensions?: CatalogItemDimensions; readonly identifiers?: CatalogItemIdentifiers; readonly images?: CatalogItemImages; readonly productTypes?: CatalogItemProductTypes; readonly relationships?: CatalogItemRelationships; readonly salesRanks?: CatalogItemSalesRanks; readonly summaries?: CatalogItemSummaries; readonly vendorDetails?: CatalogItemVendorDetails };
export type CatalogItemAsin = string;
export type CatalogItemAttributes = JsonObject;
export type CatalogItemBrowseClassification = { readonly displayName: string; readonly classificationId: string; readonly parent?: CatalogItemBrowseClassification };
export type CatalogItemBrowseClassifications = readonly CatalogItemBrowseClassificationsByMarketplace[];
export type CatalogItemBrowseClassificationsByMarketplace = { readonly marketplaceId: string; readonly classifications?: readonly CatalogItemBrowseClassification[] };
export type CatalogItemClassificationSalesRank = { readonly classificationId: string; readonly title: string; readonly link?: string; readonly rank: number };
export type CatalogItemContributor = { readonly role: CatalogItemContributorRole; readonly value: string };
export type CatalogItemContributorRole = { readonly displayName?: string; readonly value: string };
export type CatalogItemDimensions = readonly CatalogItemDimensionsByMarketplace[];
export type CatalogItemDimensionsByMarketplace = { readonly marketplaceId: string; readonly item?: CatalogDimensions; readonly package?: CatalogDimensions };
export type CatalogItemDisplayGroupSalesRank = { readonly websiteDisplayGroup: string; readonly title: string; readonly link?: string; readonly rank: number };
export type CatalogItemIdentifier = { readonly identifierType: string; readonly identifier: string };
export type CatalogItemIdentifiers = readonly CatalogItemIdentifiersByMarketplace[];
export type CatalogItemIdentifiersByMarketplace = { readonly marketplaceId: string; readonly identifiers: readonly CatalogItemIdentifier[] };
export type CatalogItemImage = { readonly variant: Open<"MAIN" | "PT01" | "PT02" | "PT03" | "PT04" | "PT05" | "PT06" | "PT07" | "PT08" | "SWCH">; readonly link: string; readonly height: number; readonly width: number };
export type CatalogItemImages = readonly CatalogItemImagesByMarketplace[];
export type CatalogItemImagesByMarketplace = { readonly marketplaceId: string; readonly images: readonly CatalogItemImage[] };
export type CatalogItemProductTypeByMarketplace = { readonly marketplaceId?: string; readonly productType?: string };
export type CatalogItemProductTypes = readonly CatalogItemProductTypeByMarketplace[];
export type CatalogItemRelationship = { readonly childAsins?: readonly string[]; readonly parentAsins?: readonly string[]; readonly variationTheme?: CatalogItemVariationTheme; readonly type: Open<"VARIATION" | "PACKAGE_HIERARCHY"> };
export type CatalogItemRelationships = readonly CatalogItemRelationshipsByMarketplace[];
export type CatalogItemRelationshipsByMarketplace = { readonly marketplaceId: string; readonly relationships: readonly CatalogItemRelationship[] };
export type CatalogItemSalesRanks = readonly CatalogItemSalesRanksByMarketplace[];
export type CatalogItemSalesRanksByMarketplace = { readonly marketplaceId: string; readonly classificationRanks?: readonly CatalogItemClassificationSalesRank[]; readonly displayGroupRanks?: readonly CatalogItemDisplayGroupSalesRank[] };
export type CatalogItemSearchResults = { readonly numberOfResults: number; readonly pagination?: CatalogPagination; readonly refinements?: CatalogRefinements; readonly items: readonly CatalogItem[] };
export type CatalogItemSummaries = readonly CatalogItemSummaryByMarketplace[];
export type CatalogItemSummaryByMarketplace = { readonly marketplaceId: string; readonly adultProduct?: boolean; readonly autographed?: boolean; readonly brand?: string; readonly browseClassification?: CatalogItemBrowseClassification; readonly color?: string; readonly contributors?: readonly CatalogItemContributor[]; readonly itemClassification?: Open<"BASE_PRODUCT" | "OTHER" | "PRODUCT_BUNDLE" | "VARIATION_PARENT">; readonly itemName?: string; readonly manufacturer?: string; readonly memorabilia?: boolean; readonly modelNumber?: string; readonly packageQuantity?: number; readonly partNumber?: string; readonly releaseDate?: string; readonly size?: string; readonly style?: string; readonly tradeInEligible?: boolean; readonly websiteDisplayGroup?: string; readonly websiteDisplayGroupName?: string };
export type CatalogItemVariationTheme = { readonly attributes?: readonly string[]; readonly theme?: string };
export type CatalogItemVendorDetails = readonly CatalogItemVendorDetailsByMarketplace[];
export type CatalogItemVendorDetailsByMarketplace = { readonly marketplaceId: string; readonly brandCode?: string; readonly manufacturerCode?: string; readonly manufacturerCodeParent?: string; readonly productCategory?: CatalogItemVendorDetailsCategory; readonly productGroup?: string; readonly productSubcategory?: CatalogItemVendorDetailsCategory; readonly replenishmentCategory?: Open<"ALLOCATED" | "BASIC_REPLENISHMENT" | "IN_SEASON" | "LIMITED_REPLENISHMENT" | "MANUFACTURER_OUT_OF_STOCK" | "NEW_PRODUCT" | "NON_REPLENISHABLE" | "NON_STOCKUPABLE" | "OBSOLETE" | "PLANNED_REPLENISHMENT"> };
export type CatalogItemVendorDetailsCategory = { readonly displayName?: string; readonly value?: string };
export type CatalogPagination = { readonly nextToken?: string; readonly previousToken?: string };
export type CatalogRefinements = { readonly brands: readonly CatalogBrandRefinement[]; readonly classifications: readonly CatalogClassificationRefinement[] };

// listingsRestrictions_2021-08-01
export type RestrictionsLink = { readonly resource: string; readonly verb: Open<"GET">; readonly title?: string; readonly type?: string };
export type RestrictionsReason = { readonly message: string; readonly reasonCode?: Open<"APPROVAL_REQUIRED" | "ASIN_NOT_FOUND" | "NOT_ELIGIBLE">; readonly links?: readonly RestrictionsLink[] };
export type RestrictionsRestriction = { readonly marketplaceId: string; readonly conditionType?: Open<"new_new" | "new_open_box" | "new_oem" | "refurbished_refurbished" | "used_like_new" | "used_very_good" | "used_good" | "used_acceptable" | "collectible_like_new" | "collectible_very_good" | "collectible_good" | "collectible_acceptable" | "club_club">; readonly reasons?: readonly RestrictionsReason[] };
export type RestrictionsRestrictionList = { readonly restrictions: readonly RestrictionsRestriction[] };

// feeds_2021-06-30
export type FeedsCreateFeedDocumentResponse = { readonly feedDocumentId: string; readonly url: string };
export type FeedsCreateFeedDocumentSpecification = { readonly contentType: string };
export type FeedsCreateFeedResponse = { readonly feedId: string };
export type FeedsCreateFeedSpecification = { readonly feedType: string; readonly marketplaceIds: readonly string[]; readonly inputFeedDocumentId: string; readonly feedOptions?: FeedsFeedOptions };
export type FeedsFeed = { readonly feedId: string; readonly feedType: string; readonly marketplaceIds?: readonly string[]; readonly createdTime: string; readonly processingStatus: Open<"CANCELLED" | "DONE" | "FATAL" | "IN_PROGRESS" | "IN_QUEUE">; readonly processingStartTime?: string; readonly processingEndTime?: string; readonly resultFeedDocumentId?: string };
export type FeedsFeedDocument = { readonly feedDocumentId: string; readonly url: string; readonly compressionAlgorithm?: Open<"GZIP"> };
export type FeedsFeedList = readonly FeedsFeed[];
export type FeedsFeedOptions = { readonly [name: string]: string };
export type FeedsGetFeedsResponse = { readonly feeds: FeedsFeedList; readonly nextToken?: string };

// productFeesV0
export type FeesEstimate = { readonly TimeOfFeesEstimation: string; readonly TotalFeesEstimate?: FeesMoneyType; readonly FeeDetailList?: FeesFeeDetailList };
export type FeesEstimateByIdRequest = { readonly FeesEstimateRequest?: FeesEstimateRequest; readonly IdType: FeesIdType; readonly IdValue: string };
export type FeesEstimateError = { readonly Type: string; readonly Code: string; readonly Message: string; readonly Detail: FeesEstimateErrorDetail };
export type FeesEstimateErrorDetail = readonly JsonObject[];
export type FeesEstimateIdentifier = { readonly MarketplaceId?: string; readonly SellerId?: string; readonly IdType?: FeesIdType; readonly IdValue?: string; readonly IsAmazonFulfilled?: boolean; readonly PriceToEstimateFees?: FeesPriceToEstimateFees; readonly SellerInputIdentifier?: string; readonly OptionalFulfillmentProgram?: FeesOptionalFulfillmentProgram };
export type FeesEstimateRequest = { readonly MarketplaceId: string; readonly IsAmazonFulfilled?: boolean; readonly PriceToEstimateFees: FeesPriceToEstimateFees; readonly Identifier: string; readonly OptionalFulfillmentProgram?: FeesOptionalFulfillmentProgram };
export type FeesEstimateResult = { readonly Status?: string; readonly FeesEstimateIdentifier?: FeesEstimateIdentifier; readonly FeesEstimate?: FeesEstimate; readonly Error?: FeesEstimateError };
export type FeesFeeDetail = { readonly FeeType: string; readonly FeeAmount: FeesMoneyType; readonly FeePromotion?: FeesMoneyType; readonly TaxAmount?: FeesMoneyType; readonly FinalFee: FeesMoneyType; readonly IncludedFeeDetailList?: FeesIncludedFeeDetailList };
export type FeesFeeDetailList = readonly FeesFeeDetail[];
export type FeesGetMyFeesEstimatesRequest = readonly FeesEstimateByIdRequest[];
export type FeesGetMyFeesEstimatesResponse = readonly FeesEstimateResult[];
export type FeesIdType = Open<"ASIN" | "SellerSKU">;
export type FeesIncludedFeeDetail = { readonly FeeType: string; readonly FeeAmount: FeesMoneyType; readonly FeePromotion?: FeesMoneyType; readonly TaxAmount?: FeesMoneyType; readonly FinalFee: FeesMoneyType };
export type FeesIncludedFeeDetailList = readonly FeesIncludedFeeDetail[];
export type FeesMoneyType = { readonly CurrencyCode?: string; readonly Amount?: number };
export type FeesOptionalFulfillmentProgram = Open<"FBA_CORE" | "FBA_SNL" | "FBA_EFN">;
export type FeesPoints = { readonly PointsNumber?: number; readonly PointsMonetaryValue?: FeesMoneyType };
export type FeesPriceToEstimateFees = { readonly ListingPrice: FeesMoneyType; readonly Shipping?: FeesMoneyType; readonly Points?: FeesPoints };

// productPricing_2022-05-01
export type PricingAsin = string;
export type PricingBatchRequest = { readonly uri: string; readonly method: PricingHttpMethod; readonly body?: PricingHttpBody; readonly headers?: PricingHttpHeaders };
export type PricingBatchResponse = { readonly headers: PricingHttpHeaders; readonly status: PricingHttpStatusLine };
export type PricingCondition = Open<"New" | "Used" | "Collectible" | "Refurbished" | "Club">;
export type PricingError = { readonly code: string; readonly message: string; readonly details?: string };
export type PricingErrorList = readonly PricingError[];
export type PricingFeaturedOffer = { readonly offerIdentifier: PricingOfferIdentifier; readonly condition?: PricingCondition; readonly price?: PricingPrice };
export type PricingFeaturedOfferExpectedPrice = { readonly listingPrice: PricingMoneyType; readonly points?: PricingPoints };
export type PricingFeaturedOfferExpectedPriceRequest = PricingBatchRequest & PricingFeaturedOfferExpectedPriceRequestParams;
export type PricingFeaturedOfferExpectedPriceRequestList = readonly PricingFeaturedOfferExpectedPriceRequest[];
export type PricingFeaturedOfferExpectedPriceRequestParams = { readonly marketplaceId: PricingMarketplaceId; readonly sku: PricingSku; readonly segment?: PricingSegment };
export type PricingFeaturedOfferExpectedPriceResponse = PricingBatchResponse & { readonly request: PricingFeaturedOfferExpectedPriceRequestParams; readonly body?: PricingFeaturedOfferExpectedPriceResponseBody };
export type PricingFeaturedOfferExpectedPriceResponseBody = { readonly offerIdentifier?: PricingOfferIdentifier; readonly featuredOfferExpectedPriceResults?: PricingFeaturedOfferExpectedPriceResultList; readonly errors?: PricingErrorList };
export type PricingFeaturedOfferExpectedPriceResponseList = readonly PricingFeaturedOfferExpectedPriceResponse[];
export type PricingFeaturedOfferExpectedPriceResult = { readonly featuredOfferExpectedPrice?: PricingFeaturedOfferExpectedPrice; readonly resultStatus: string; readonly competingFeaturedOffer?: PricingFeaturedOffer; readonly currentFeaturedOffer?: PricingFeaturedOffer };
export type PricingFeaturedOfferExpectedPriceResultList = readonly PricingFeaturedOfferExpectedPriceResult[];
export type PricingFulfillmentType = Open<"AFN" | "MFN">;
export type PricingGetFeaturedOfferExpectedPriceBatchRequest = { readonly requests?: PricingFeaturedOfferExpectedPriceRequestList };
export type PricingGetFeaturedOfferExpectedPriceBatchResponse = { readonly responses?: PricingFeaturedOfferExpectedPriceResponseList };
export type PricingHttpBody = { readonly [name: string]: JsonObject };
export type PricingHttpHeaders = { readonly [name: string]: string };
export type PricingHttpMethod = Open<"GET" | "PUT" | "PATCH" | "DELETE" | "POST">;
export type PricingHttpStatusLine = { readonly statusCode?: number; readonly reasonPhrase?: string };
export type PricingMarketplaceId = string;
export type PricingMoneyType = { readonly currencyCode?: string; readonly amount?: number };
export type PricingOfferIdentifier = { readonly marketplaceId: PricingMarketplaceId; readonly sellerId?: string; readonly sku?: string; readonly asin: PricingAsin; readonly fulfillmentType?: PricingFulfillmentType };
export type PricingPoints = { readonly pointsNumber?: number; readonly pointsMonetaryValue?: PricingMoneyType };
export type PricingPostalCode = { readonly countryCode?: string; readonly value?: string };
export type PricingPrice = { readonly listingPrice: PricingMoneyType; readonly shippingPrice?: PricingMoneyType; readonly points?: PricingPoints };
export type PricingSampleLocation = { readonly postalCode?: PricingPostalCode };
export type PricingSegment = { readonly segmentDetails?: PricingSegmentDetails };
export type PricingSegmentDetails = { readonly glanceViewWeightPercentage?: number; readonly sampleLocation?: PricingSampleLocation };
export type PricingSku = string;

// sellers
export type SellersError = { readonly code: string; readonly message: string; readonly details?: string };
export type SellersErrorList = readonly SellersError[];
export type SellersGetMarketplaceParticipationsResponse = { readonly payload?: SellersMarketplaceParticipationList; readonly errors?: SellersErrorList };
export type SellersMarketplace = { readonly id: string; readonly name: string; readonly countryCode: string; readonly defaultCurrencyCode: string; readonly defaultLanguageCode: string; readonly domainName: string };
export type SellersMarketplaceParticipation = { readonly marketplace: SellersMarketplace; readonly participation: SellersParticipation; readonly storeName: string };
export type SellersMarketplaceParticipationList = readonly SellersMarketplaceParticipation[];
export type SellersParticipation = { readonly isParticipating: boolean; readonly hasSuspendedListings: boolean };

// orders_2026-01-01
export type OrdersAddressExtendedFields = { readonly streetName?: string; readonly streetNumber?: string; readonly complement?: string; readonly neighborhood?: string };
export type OrdersAlias = { readonly aliasId: string; readonly aliasType: string };
export type OrdersAsin = string;
export type OrdersAssociatedOrder = { readonly orderId?: string; readonly associationType?: string };
export type OrdersAssociatedOrderItem = { readonly orderId?: string; readonly orderItemId?: string; readonly associationType?: string };
export type OrdersBusinessHour = { readonly dayOfWeek?: Open<"SUN" | "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT">; readonly timeWindows?: readonly OrdersTimeWindow[] };
export type OrdersBuyer = { readonly buyerName?: string; readonly buyerEmail?: string; readonly buyerCompanyName?: string; readonly buyerPurchaseOrderNumber?: string };
export type OrdersConstraintType = Open<"MANDATORY">;
export type OrdersCustomerAddress = { readonly name?: string; readonly companyName?: string; readonly addressLine1?: string; readonly addressLine2?: string; readonly addressLine3?: string; readonly city?: string; readonly districtOrCounty?: string; readonly stateOrRegion?: string; readonly municipality?: string; readonly postalCode?: string; readonly countryCode?: string; readonly phone?: string; readonly extendedFields?: OrdersAddressExtendedFields; readonly addressType?: string };
export type OrdersDateTimeRange = { readonly earliestDateTime?: string; readonly latestDateTime?: string };
export type OrdersDecimal = string;
export type OrdersDeliveryPreference = { readonly dropOffLocation?: string; readonly addressInstruction?: string; readonly deliveryTime?: OrdersPreferredDeliveryTime; readonly deliveryCapabilities?: readonly OrdersPreferredDeliveryCapability[] };
export type OrdersExceptionDate = { readonly exceptionDate?: string; readonly exceptionDateType?: Open<"CLOSED" | "OPEN">; readonly timeWindows?: readonly OrdersTimeWindow[] };
export type OrdersFulfillmentOrder = { readonly fulfillmentOrderId: string };
export type OrdersFulfillmentStatus = Open<"PENDING_AVAILABILITY" | "PENDING" | "UNSHIPPED" | "PARTIALLY_SHIPPED" | "SHIPPED" | "CANCELLED" | "UNFULFILLABLE">;
export type OrdersGetOrderResponse = { readonly order: OrdersOrder };
export type OrdersGiftOption = { readonly giftMessage?: string; readonly giftWrapLevel?: string };
export type OrdersHourMinute = { readonly hour?: number; readonly minute?: number };
export type OrdersItemCancellation = { readonly cancellationRequest?: OrdersItemCancellationRequest; readonly cancellationExecution?: OrdersItemCancellationExecution };
export type OrdersItemCancellationExecution = { readonly cancelledBy?: string; readonly cancelReason?: string };
export type OrdersItemCancellationRequest = { readonly requester?: string; readonly cancelReason?: string };
export type OrdersItemCondition = { readonly conditionType?: string; readonly conditionSubtype?: string; readonly conditionNote?: string };
export type OrdersItemCustomization = { readonly customizedUrl?: string };
export type OrdersItemExpense = { readonly pointsCost?: OrdersItemPointsCost };
export type OrdersItemFulfillment = { readonly quantityFulfilled?: number; readonly quantityUnfulfilled?: number; readonly picking?: OrdersItemPicking; readonly packing?: OrdersItemPacking; readonly shipping?: OrdersItemShipping };
export type OrdersItemInternationalShipping = { readonly iossNumber?: string };
export type OrdersItemPacking = { readonly giftOption?: OrdersGiftOption; readonly serialNumberRequirement?: OrdersSerialNumberRequirement };
export type OrdersItemPicking = { readonly substitutionPreference?: OrdersItemSubstitutionPreference };
export type OrdersItemPointsCost = { readonly pointsGranted?: OrdersPointsGranted };
export type OrdersItemPrice = { readonly unitPrice?: OrdersMoney; readonly priceDesignation?: string };
export type OrdersItemProceeds = { readonly proceedsTotal?: OrdersMoney; readonly breakdowns?: readonly OrdersItemProceedsBreakdown[] };
export type OrdersItemProceedsBreakdown = { readonly type: string; readonly subtotal: OrdersMoney; readonly detailedBreakdowns?: readonly OrdersItemProceedsDetailedBreakdown[] };
export type OrdersItemProceedsDetailedBreakdown = { readonly subtype?: string; readonly value?: OrdersMoney };
export type OrdersItemProduct = { readonly asin?: OrdersAsin; readonly title?: string; readonly sellerSku?: OrdersSKU; readonly condition?: OrdersItemCondition; readonly price?: OrdersItemPrice; readonly serialNumbers?: readonly string[]; readonly customization?: OrdersItemCustomization };
export type OrdersItemPromotion = { readonly breakdowns?: readonly OrdersItemPromotionBreakdown[] };
export type OrdersItemPromotionBreakdown = { readonly promotionId?: string };
export type OrdersItemShipping = { readonly scheduledDeliveryWindow?: OrdersDateTimeRange; readonly shippingConstraints?: OrdersItemShippingConstraints; readonly internationalShipping?: OrdersItemInternationalShipping };
export type OrdersItemShippingConstraints = { readonly palletDelivery?: OrdersConstraintType; readonly cashOnDelivery?: OrdersConstraintType; readonly signatureConfirmation?: OrdersConstraintType; readonly recipientIdentityVerification?: OrdersConstraintType; readonly recipientAgeVerification?: OrdersConstraintType };
export type OrdersItemSubstitutionOption = { readonly asin?: string; readonly quantityOrdered?: number; readonly sellerSku?: string; readonly title?: string; readonly measurement?: OrdersMeasurement };
export type OrdersItemSubstitutionPreference = { readonly substitutionType: Open<"CUSTOMER_PREFERENCE" | "AMAZON_RECOMMENDED" | "DO_NOT_SUBSTITUTE">; readonly substitutionOptions?: readonly OrdersItemSubstitutionOption[] };
export type OrdersItemTax = { readonly taxCalculationBreakdowns?: readonly OrdersItemTaxCalculationBreakdown[]; readonly taxCollections?: readonly OrdersItemTaxCollection[] };
export type OrdersItemTaxCalculationBreakdown = { readonly reportingScheme?: string };
export type OrdersItemTaxCollection = { readonly model?: string; readonly responsibleParty?: string };
export type OrdersMeasurement = { readonly unit: Open<"OUNCES" | "POUNDS" | "KILOGRAMS" | "GRAMS" | "MILLIGRAMS" | "INCHES" | "FEET" | "METERS" | "CENTIMETERS" | "MILLIMETERS" | "SQUARE_METERS" | "SQUARE_CENTIMETERS" | "SQUARE_FEET" | "SQUARE_INCHES" | "GALLONS" | "PINTS" | "QUARTS" | "FLUID_OUNCES" | "LITERS" | "CUBIC_METERS" | "CUBIC_FEET" | "CUBIC_INCHES" | "CUBIC_CENTIMETERS" | "COUNT">; readonly value: number };
export type OrdersMerchantAddress = { readonly name?: string; readonly addressLine1?: string; readonly addressLine2?: string; readonly addressLine3?: string; readonly city?: string; readonly districtOrCounty?: string; readonly stateOrRegion?: string; readonly municipality?: string; readonly postalCode?: string; readonly countryCode?: string };
export type OrdersMoney = { readonly amount: OrdersDecimal; readonly currencyCode: string };
export type OrdersOrder = { readonly orderId: string; readonly orderAliases?: readonly OrdersAlias[]; readonly createdTime: string; readonly lastUpdatedTime: string; readonly programs?: readonly string[]; readonly associatedOrders?: readonly OrdersAssociatedOrder[]; readonly salesChannel: OrdersSalesChannel; readonly buyer?: OrdersBuyer; readonly recipient?: OrdersRecipient; readonly proceeds?: OrdersOrderProceeds; readonly payment?: OrdersOrderPayment; readonly tax?: OrdersOrderTax; readonly fulfillment?: OrdersOrderFulfillment; readonly orderItems: readonly OrdersOrderItem[]; readonly packages?: readonly OrdersOrderPackage[]; readonly fulfillmentOrders?: readonly OrdersFulfillmentOrder[] };
export type OrdersOrderFulfillment = { readonly fulfillmentStatus: OrdersFulfillmentStatus; readonly fulfilledBy?: string; readonly fulfillmentServiceLevel?: string; readonly shipByWindow?: OrdersDateTimeRange; readonly deliverByWindow?: OrdersDateTimeRange; readonly labelPrintingWindow?: OrdersDateTimeRange };
export type OrdersOrderItem = { readonly orderItemId: string; readonly quantityOrdered: number; readonly measurement?: OrdersMeasurement; readonly associatedOrderItems?: readonly OrdersAssociatedOrderItem[]; readonly programs?: readonly string[]; readonly product: OrdersItemProduct; readonly proceeds?: OrdersItemProceeds; readonly expense?: OrdersItemExpense; readonly promotion?: OrdersItemPromotion; readonly cancellation?: OrdersItemCancellation; readonly fulfillment?: OrdersItemFulfillment; readonly tax?: OrdersItemTax };
export type OrdersOrderPackage = { readonly packageReferenceId: string; readonly createdTime?: string; readonly packageStatus?: OrdersPackageStatus; readonly carrier?: string; readonly shipTime?: string; readonly shippingService?: string; readonly trackingNumber?: string; readonly shipFromAddress?: OrdersMerchantAddress; readonly packageItems?: readonly OrdersPackageItem[] };
export type OrdersOrderPayment = { readonly paymentExecutions?: readonly OrdersPaymentExecution[] };
export type OrdersOrderProceeds = { readonly grandTotal?: OrdersMoney; readonly breakdowns?: readonly OrdersOrderProceedsBreakdown[] };
export type OrdersOrderProceedsBreakdown = { readonly type: string; readonly status?: string; readonly subtotal: OrdersMoney };
export type OrdersOrderTax = { readonly taxRegistrations?: readonly OrdersOrderTaxRegistration[]; readonly taxInvoicing?: OrdersOrderTaxInvoicing };
export type OrdersOrderTaxInvoicing = { readonly buyerInvoicePreference?: string; readonly invoiceStatus?: string };
export type OrdersOrderTaxRegistration = { readonly entityType?: string; readonly legalName?: string; readonly taxRegistrationType?: string; readonly taxRegistrationNumber?: string; readonly taxRegistrationAddress?: OrdersCustomerAddress; readonly taxRegistrationAttributes?: readonly OrdersTaxRegistrationAttribute[] };
export type OrdersPackageItem = { readonly orderItemId: string; readonly quantity: number; readonly transparencyCodes?: readonly string[] };
export type OrdersPackageStatus = { readonly status: Open<"PENDING" | "IN_TRANSIT" | "SHIPPED" | "DELIVERED" | "CANCELLED" | "UNDELIVERABLE">; readonly detailedStatus?: string };
export type OrdersPagination = { readonly nextToken?: string };
export type OrdersPaymentExecution = { readonly paymentMethod?: string; readonly paymentAmount?: OrdersMoney; readonly acquirerId?: string; readonly cardBrand?: string; readonly authorizationCode?: string };
export type OrdersPointsGranted = { readonly pointsNumber?: number; readonly pointsMonetaryValue?: OrdersMoney };
export type OrdersPreferredDeliveryCapability = string;
export type OrdersPreferredDeliveryTime = { readonly businessHours?: readonly OrdersBusinessHour[]; readonly exceptionDates?: readonly OrdersExceptionDate[] };
export type OrdersRecipient = { readonly deliveryAddress?: OrdersCustomerAddress; readonly deliveryPreference?: OrdersDeliveryPreference };
export type OrdersSKU = string;
export type OrdersSalesChannel = { readonly channelName: string; readonly marketplaceId?: string; readonly marketplaceName?: string };
export type OrdersSearchOrdersResponse = { readonly orders: readonly OrdersOrder[]; readonly pagination?: OrdersPagination; readonly lastUpdatedBefore?: string; readonly createdBefore?: string };
export type OrdersSerialNumberRequirement = { readonly requirementType?: string };
export type OrdersTaxRegistrationAttribute = { readonly key?: string; readonly value?: string };
export type OrdersTimeWindow = { readonly startTime?: OrdersHourMinute; readonly endTime?: OrdersHourMinute };

// ordersV0
export type OrdersV0ConfirmShipmentOrderItem = { readonly orderItemId: string; readonly quantity: number; readonly transparencyCodes?: OrdersV0TransparencyCodeList };
export type OrdersV0ConfirmShipmentOrderItemsList = readonly OrdersV0ConfirmShipmentOrderItem[];
export type OrdersV0ConfirmShipmentRequest = { readonly packageDetail: OrdersV0PackageDetail; readonly codCollectionMethod?: Open<"DirectPayment">; readonly marketplaceId: OrdersV0MarketplaceId };
export type OrdersV0MarketplaceId = string;
export type OrdersV0OrderItems = readonly { readonly orderItemId?: string; readonly quantity?: number }[];
export type OrdersV0PackageDetail = { readonly packageReferenceId: OrdersV0PackageReferenceId; readonly carrierCode: string; readonly carrierName?: string; readonly shippingMethod?: string; readonly trackingNumber: string; readonly shipDate: string; readonly shipFromSupplySourceId?: string; readonly orderItems: OrdersV0ConfirmShipmentOrderItemsList };
export type OrdersV0PackageReferenceId = string;
export type OrdersV0ShipmentStatus = Open<"ReadyForPickup" | "PickedUp" | "RefusedPickup">;
export type OrdersV0TransparencyCode = string;
export type OrdersV0TransparencyCodeList = readonly OrdersV0TransparencyCode[];
export type OrdersV0UpdateShipmentStatusRequest = { readonly marketplaceId: OrdersV0MarketplaceId; readonly shipmentStatus: OrdersV0ShipmentStatus; readonly orderItems?: OrdersV0OrderItems };

// notifications
export type NotificationsAggregationFilter = { readonly aggregationSettings?: NotificationsAggregationSettings };
export type NotificationsAggregationSettings = { readonly aggregationTimePeriod: NotificationsAggregationTimePeriod };
export type NotificationsAggregationTimePeriod = Open<"FiveMinutes" | "TenMinutes">;
export type NotificationsCreateDestinationRequest = { readonly resourceSpecification: NotificationsDestinationResourceSpecification; readonly name: string };
export type NotificationsCreateDestinationResponse = { readonly payload?: NotificationsDestination; readonly errors?: NotificationsErrorList };
export type NotificationsCreateSubscriptionRequest = { readonly payloadVersion: string; readonly destinationId: string; readonly processingDirective?: NotificationsProcessingDirective };
export type NotificationsCreateSubscriptionResponse = { readonly payload?: NotificationsSubscription; readonly errors?: NotificationsErrorList };
export type NotificationsDestination = { readonly name: string; readonly destinationId: string; readonly resource: NotificationsDestinationResource };
export type NotificationsDestinationList = readonly NotificationsDestination[];
export type NotificationsDestinationResource = { readonly sqs?: NotificationsSqsResource; readonly eventBridge?: NotificationsEventBridgeResource };
export type NotificationsDestinationResourceSpecification = { readonly sqs?: NotificationsSqsResource; readonly eventBridge?: NotificationsEventBridgeResourceSpecification };
export type NotificationsError = { readonly code: string; readonly message: string; readonly details?: string };
export type NotificationsErrorList = readonly NotificationsError[];
export type NotificationsEventBridgeResource = { readonly name: string; readonly region: string; readonly accountId: string };
export type NotificationsEventBridgeResourceSpecification = { readonly region: string; readonly accountId: string };
export type NotificationsEventFilter = NotificationsAggregationFilter & NotificationsMarketplaceFilter & NotificationsOrderChangeTypeFilter & NotificationsTrackingFilter & { readonly eventFilterType: Open<"ANY_OFFER_CHANGED" | "ORDER_CHANGE" | "SHIPMENT_TRACKING_MILESTONE_CHANGED"> };
export type NotificationsGetDestinationsResponse = { readonly payload?: NotificationsDestinationList; readonly errors?: NotificationsErrorList };
export type NotificationsGetSubscriptionResponse = { readonly payload?: NotificationsSubscription; readonly errors?: NotificationsErrorList };
export type NotificationsMarketplaceFilter = { readonly marketplaceIds?: NotificationsMarketplaceIds };
export type NotificationsMarketplaceIds = readonly string[];
export type NotificationsOrderChangeTypeEnum = Open<"BuyerRequestedChange" | "DeliveryTipChange" | "OrderStatusChange">;
export type NotificationsOrderChangeTypeFilter = { readonly orderChangeTypes?: NotificationsOrderChangeTypes };
export type NotificationsOrderChangeTypes = readonly NotificationsOrderChangeTypeEnum[];
export type NotificationsProcessingDirective = { readonly eventFilter?: NotificationsEventFilter; readonly filterExpression?: string };
export type NotificationsSqsResource = { readonly arn: string };
export type NotificationsSubscription = { readonly subscriptionId: string; readonly payloadVersion: string; readonly destinationId: string; readonly processingDirective?: NotificationsProcessingDirective };
export type NotificationsTrackingFilter = { readonly trackingIdentifier?: NotificationsTrackingIdentifier };
export type NotificationsTrackingIdentifier = { readonly id?: string; readonly acsin?: string; readonly aftn?: string; readonly containerNumber?: string; readonly houseBillOfLadingNumber?: string; readonly carrierTracking?: { readonly trackingNumber: string; readonly carrierCode?: string } };

// fbaInventory
export type FbaError = { readonly code: string; readonly message?: string; readonly details?: string };
export type FbaErrorList = readonly FbaError[];
export type FbaGetInventorySummariesResponse = { readonly payload?: FbaGetInventorySummariesResult; readonly pagination?: FbaPagination; readonly errors?: FbaErrorList };
export type FbaGetInventorySummariesResult = { readonly granularity: FbaGranularity; readonly inventorySummaries: FbaInventorySummaries };
export type FbaGranularity = { readonly granularityType?: string; readonly granularityId?: string };
export type FbaInventoryDetails = { readonly fulfillableQuantity?: number; readonly inboundWorkingQuantity?: number; readonly inboundShippedQuantity?: number; readonly inboundReceivingQuantity?: number; readonly reservedQuantity?: FbaReservedQuantity; readonly researchingQuantity?: FbaResearchingQuantity; readonly unfulfillableQuantity?: FbaUnfulfillableQuantity };
export type FbaInventorySummaries = readonly FbaInventorySummary[];
export type FbaInventorySummary = { readonly asin?: string; readonly fnSku?: string; readonly sellerSku?: string; readonly condition?: string; readonly inventoryDetails?: FbaInventoryDetails; readonly lastUpdatedTime?: string; readonly productName?: string; readonly totalQuantity?: number; readonly stores?: readonly string[] };
export type FbaPagination = { readonly nextToken?: string };
export type FbaResearchingQuantity = { readonly totalResearchingQuantity?: number; readonly researchingQuantityBreakdown?: readonly FbaResearchingQuantityEntry[] };
export type FbaResearchingQuantityEntry = { readonly name: Open<"researchingQuantityInShortTerm" | "researchingQuantityInMidTerm" | "researchingQuantityInLongTerm">; readonly quantity: number };
export type FbaReservedQuantity = { readonly totalReservedQuantity?: number; readonly pendingCustomerOrderQuantity?: number; readonly pendingTransshipmentQuantity?: number; readonly fcProcessingQuantity?: number };
export type FbaUnfulfillableQuantity = { readonly totalUnfulfillableQuantity?: number; readonly customerDamagedQuantity?: number; readonly warehouseDamagedQuantity?: number; readonly distributorDamagedQuantity?: number; readonly carrierDamagedQuantity?: number; readonly defectiveQuantity?: number; readonly expiredQuantity?: number };

/** Query, body and answer of each operation, as the models state them. */
export interface OperationTypes {
  readonly putListingsItem: { readonly query: { readonly marketplaceIds: readonly string[]; readonly includedData?: readonly Open<"identifiers" | "issues">[]; readonly mode?: Open<"VALIDATION_PREVIEW">; readonly issueLocale?: string }; readonly body: ListingsItemPutRequest; readonly answer: ListingsItemSubmissionResponse };
  readonly patchListingsItem: { readonly query: { readonly marketplaceIds: readonly string[]; readonly includedData?: readonly Open<"identifiers" | "issues">[]; readonly mode?: Open<"VALIDATION_PREVIEW">; readonly issueLocale?: string }; readonly body: ListingsItemPatchRequest; readonly answer: ListingsItemSubmissionResponse };
  readonly deleteListingsItem: { readonly query: { readonly marketplaceIds: readonly string[]; readonly issueLocale?: string }; readonly body: undefined; readonly answer: ListingsItemSubmissionResponse };
  readonly getListingsItem: { readonly query: { readonly marketplaceIds: readonly string[]; readonly issueLocale?: string; readonly includedData?: readonly Open<"summaries" | "attributes" | "issues" | "offers" | "fulfillmentAvailability" | "procurement" | "relationships" | "productTypes">[] }; readonly body: undefined; readonly answer: ListingsItem };
  readonly searchListingsItems: { readonly query: { readonly marketplaceIds: readonly string[]; readonly issueLocale?: string; readonly includedData?: readonly Open<"summaries" | "attributes" | "issues" | "offers" | "fulfillmentAvailability" | "procurement" | "relationships" | "productTypes">[]; readonly identifiers?: readonly string[]; readonly identifiersType?: Open<"ASIN" | "EAN" | "FNSKU" | "GTIN" | "ISBN" | "JAN" | "MINSAN" | "SKU" | "UPC">; readonly variationParentSku?: string; readonly packageHierarchySku?: string; readonly createdAfter?: string; readonly createdBefore?: string; readonly lastUpdatedAfter?: string; readonly lastUpdatedBefore?: string; readonly withIssueSeverity?: readonly Open<"WARNING" | "ERROR">[]; readonly withStatus?: readonly Open<"BUYABLE" | "DISCOVERABLE">[]; readonly withoutStatus?: readonly Open<"BUYABLE" | "DISCOVERABLE">[]; readonly sortBy?: Open<"sku" | "createdDate" | "lastUpdatedDate">; readonly sortOrder?: Open<"ASC" | "DESC">; readonly pageSize?: number; readonly pageToken?: string }; readonly body: undefined; readonly answer: ListingsItemSearchResults };
  readonly searchDefinitionsProductTypes: { readonly query: { readonly keywords?: readonly string[]; readonly marketplaceIds: readonly string[]; readonly itemName?: string; readonly locale?: string; readonly searchLocale?: string }; readonly body: undefined; readonly answer: DefinitionsProductTypeList };
  readonly getDefinitionsProductType: { readonly query: { readonly sellerId?: string; readonly marketplaceIds: readonly string[]; readonly productTypeVersion?: string; readonly requirements?: Open<"LISTING" | "LISTING_PRODUCT_ONLY" | "LISTING_OFFER_ONLY">; readonly requirementsEnforced?: Open<"ENFORCED" | "NOT_ENFORCED">; readonly locale?: Open<"DEFAULT" | "ar" | "ar_AE" | "de" | "de_DE" | "en" | "en_AE" | "en_AU" | "en_CA" | "en_GB" | "en_IN" | "en_SG" | "en_US" | "es" | "es_ES" | "es_MX" | "es_US" | "fr" | "fr_CA" | "fr_FR" | "it" | "it_IT" | "ja" | "ja_JP" | "nl" | "nl_NL" | "pl" | "pl_PL" | "pt" | "pt_BR" | "pt_PT" | "sv" | "sv_SE" | "tr" | "tr_TR" | "zh" | "zh_CN" | "zh_TW">; readonly parentageLevel?: Open<"NONE" | "CHILD" | "PARENT"> }; readonly body: undefined; readonly answer: DefinitionsProductTypeDefinition };
  readonly searchCatalogItems: { readonly query: { readonly identifiers?: readonly string[]; readonly identifiersType?: Open<"ASIN" | "EAN" | "GTIN" | "ISBN" | "JAN" | "MINSAN" | "SKU" | "UPC">; readonly marketplaceIds: readonly string[]; readonly includedData?: readonly Open<"attributes" | "classifications" | "dimensions" | "identifiers" | "images" | "productTypes" | "relationships" | "salesRanks" | "summaries" | "vendorDetails">[]; readonly locale?: string; readonly sellerId?: string; readonly keywords?: readonly string[]; readonly brandNames?: readonly string[]; readonly classificationIds?: readonly string[]; readonly pageSize?: number; readonly pageToken?: string; readonly keywordsLocale?: string }; readonly body: undefined; readonly answer: CatalogItemSearchResults };
  readonly getListingsRestrictions: { readonly query: { readonly asin: string; readonly conditionType?: Open<"new_new" | "new_open_box" | "new_oem" | "refurbished_refurbished" | "used_like_new" | "used_very_good" | "used_good" | "used_acceptable" | "collectible_like_new" | "collectible_very_good" | "collectible_good" | "collectible_acceptable" | "club_club">; readonly sellerId: string; readonly marketplaceIds: readonly string[]; readonly reasonLocale?: string; readonly productType?: string }; readonly body: undefined; readonly answer: RestrictionsRestrictionList };
  readonly createFeedDocument: { readonly query: NoQuery; readonly body: FeedsCreateFeedDocumentSpecification; readonly answer: FeedsCreateFeedDocumentResponse };
  readonly createFeed: { readonly query: NoQuery; readonly body: FeedsCreateFeedSpecification; readonly answer: FeedsCreateFeedResponse };
  readonly getFeed: { readonly query: NoQuery; readonly body: undefined; readonly answer: FeedsFeed };
  readonly getFeeds: { readonly query: { readonly feedTypes?: readonly string[]; readonly marketplaceIds?: readonly string[]; readonly pageSize?: number; readonly processingStatuses?: readonly Open<"CANCELLED" | "DONE" | "FATAL" | "IN_PROGRESS" | "IN_QUEUE">[]; readonly createdSince?: string; readonly createdUntil?: string; readonly nextToken?: string }; readonly body: undefined; readonly answer: FeedsGetFeedsResponse };
  readonly cancelFeed: { readonly query: NoQuery; readonly body: undefined; readonly answer: undefined };
  readonly getFeedDocument: { readonly query: { readonly enableContentEncodingUrlHeader?: boolean }; readonly body: undefined; readonly answer: FeedsFeedDocument };
  readonly getMyFeesEstimates: { readonly query: NoQuery; readonly body: FeesGetMyFeesEstimatesRequest; readonly answer: FeesGetMyFeesEstimatesResponse };
  readonly getFeaturedOfferExpectedPriceBatch: { readonly query: NoQuery; readonly body: PricingGetFeaturedOfferExpectedPriceBatchRequest; readonly answer: PricingGetFeaturedOfferExpectedPriceBatchResponse };
  readonly getMarketplaceParticipations: { readonly query: NoQuery; readonly body: undefined; readonly answer: SellersGetMarketplaceParticipationsResponse };
  readonly searchOrders: { readonly query: { readonly createdAfter?: string; readonly createdBefore?: string; readonly lastUpdatedAfter?: string; readonly lastUpdatedBefore?: string; readonly fulfillmentStatuses?: readonly Open<"PENDING_AVAILABILITY" | "PENDING" | "UNSHIPPED" | "PARTIALLY_SHIPPED" | "SHIPPED" | "CANCELLED" | "UNFULFILLABLE">[]; readonly marketplaceIds?: readonly string[]; readonly fulfilledBy?: readonly Open<"MERCHANT" | "AMAZON">[]; readonly maxResultsPerPage?: number; readonly paginationToken?: string; readonly includedData?: readonly Open<"BUYER" | "RECIPIENT" | "PROCEEDS" | "EXPENSE" | "PROMOTION" | "CANCELLATION" | "FULFILLMENT" | "PACKAGES" | "TAX" | "PAYMENT" | "FULFILLMENT_ORDERS">[] }; readonly body: undefined; readonly answer: OrdersSearchOrdersResponse };
  readonly getOrder: { readonly query: { readonly includedData?: readonly Open<"BUYER" | "RECIPIENT" | "PROCEEDS" | "EXPENSE" | "PROMOTION" | "CANCELLATION" | "FULFILLMENT" | "PACKAGES" | "TAX" | "PAYMENT" | "FULFILLMENT_ORDERS">[] }; readonly body: undefined; readonly answer: OrdersGetOrderResponse };
  readonly confirmShipment: { readonly query: NoQuery; readonly body: OrdersV0ConfirmShipmentRequest; readonly answer: undefined };
  readonly updateShipmentStatus: { readonly query: NoQuery; readonly body: OrdersV0UpdateShipmentStatusRequest; readonly answer: undefined };
  readonly getDestinations: { readonly query: NoQuery; readonly body: undefined; readonly answer: NotificationsGetDestinationsResponse };
  readonly createDestination: { readonly query: NoQuery; readonly body: NotificationsCreateDestinationRequest; readonly answer: NotificationsCreateDestinationResponse };
  readonly getSubscription: { readonly query: { readonly payloadVersion?: string }; readonly body: undefined; readonly answer: NotificationsGetSubscriptionResponse };
  readonly createSubscription: { readonly query: NoQuery; readonly body: NotificationsCreateSubscriptionRequest; readonly answer: NotificationsCreateSubscriptionResponse };
  readonly getInventorySummaries: { readonly query: { readonly details?: boolean; readonly granularityType: Open<"Marketplace">; readonly granularityId: string; readonly startDateTime?: string; readonly sellerSkus?: readonly string[]; readonly sellerSku?: string; readonly nextToken?: string; readonly marketplaceIds: readonly string[] }; readonly body: undefined; readonly answer: FbaGetInventorySummariesResponse };
}

/** Method and path of each operation; {name} stands for a value that is percent-encoded. takesStores: a list of stores is a query parameter. */
export const ADDRESSES = {
  putListingsItem: { method: 'PUT', path: '/listings/2021-08-01/items/{sellerId}/{sku}', takesStores: true },
  patchListingsItem: { method: 'PATCH', path: '/listings/2021-08-01/items/{sellerId}/{sku}', takesStores: true },
  deleteListingsItem: { method: 'DELETE', path: '/listings/2021-08-01/items/{sellerId}/{sku}', takesStores: true },
  getListingsItem: { method: 'GET', path: '/listings/2021-08-01/items/{sellerId}/{sku}', takesStores: true },
  searchListingsItems: { method: 'GET', path: '/listings/2021-08-01/items/{sellerId}', takesStores: true },
  searchDefinitionsProductTypes: { method: 'GET', path: '/definitions/2020-09-01/productTypes', takesStores: true },
  getDefinitionsProductType: { method: 'GET', path: '/definitions/2020-09-01/productTypes/{productType}', takesStores: true },
  searchCatalogItems: { method: 'GET', path: '/catalog/2022-04-01/items', takesStores: true },
  getListingsRestrictions: { method: 'GET', path: '/listings/2021-08-01/restrictions', takesStores: true },
  createFeedDocument: { method: 'POST', path: '/feeds/2021-06-30/documents', takesStores: false },
  createFeed: { method: 'POST', path: '/feeds/2021-06-30/feeds', takesStores: false },
  getFeed: { method: 'GET', path: '/feeds/2021-06-30/feeds/{feedId}', takesStores: false },
  getFeeds: { method: 'GET', path: '/feeds/2021-06-30/feeds', takesStores: true },
  cancelFeed: { method: 'DELETE', path: '/feeds/2021-06-30/feeds/{feedId}', takesStores: false },
  getFeedDocument: { method: 'GET', path: '/feeds/2021-06-30/documents/{feedDocumentId}', takesStores: false },
  getMyFeesEstimates: { method: 'POST', path: '/products/fees/v0/feesEstimate', takesStores: false },
  getFeaturedOfferExpectedPriceBatch: { method: 'POST', path: '/batches/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice', takesStores: false },
  getMarketplaceParticipations: { method: 'GET', path: '/sellers/v1/marketplaceParticipations', takesStores: false },
  searchOrders: { method: 'GET', path: '/orders/2026-01-01/orders', takesStores: true },
  getOrder: { method: 'GET', path: '/orders/2026-01-01/orders/{orderId}', takesStores: false },
  confirmShipment: { method: 'POST', path: '/orders/v0/orders/{orderId}/shipmentConfirmation', takesStores: false },
  updateShipmentStatus: { method: 'POST', path: '/orders/v0/orders/{orderId}/shipment', takesStores: false },
  getDestinations: { method: 'GET', path: '/notifications/v1/destinations', takesStores: false },
  createDestination: { method: 'POST', path: '/notifications/v1/destinations', takesStores: false },
  getSubscription: { method: 'GET', path: '/notifications/v1/subscriptions/{notificationType}', takesStores: false },
  createSubscription: { method: 'POST', path: '/notifications/v1/subscriptions/{notificationType}', takesStores: false },
  getInventorySummaries: { method: 'GET', path: '/fba/inventory/v1/summaries', takesStores: true },
} as const;
