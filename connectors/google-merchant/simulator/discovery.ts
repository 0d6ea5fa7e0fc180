import { SIDE_MESSAGES } from './side-messages.js';

/**
 * Messages of the Merchant API as its discovery document of 2026-09-03 has them: name { type: fields; ... }. Types:
 * `string`, `int64` (a decimal string), `number`, `boolean`, `time` (RFC 3339), another message, or values with `|`;
 * `[]` repeats. The simulator's own reading; the client's table is written from the product data specification.
 */
const TEXT = `
ProductAttributes {
  string[]: additionalImageLinks adsLabels displayAdsSimilarIds documentLinks gtins lifestyleImageLinks
    productHighlights productTypes promotionIds shoppingAdsExcludedCountries videoLinks;
  string: adsGrouping adsRedirect brand canonicalLink color customLabel0 customLabel1 customLabel2
    customLabel3 customLabel4 dateFirstRegistered description displayAdsId displayAdsLink displayAdsTitle
    externalSellerId googleProductCategory imageLink itemGroupId itemGroupTitle link linkTemplate material
    mobileLink mobileLinkTemplate model mpn neighborhood pattern propertyName returnPolicyLabel
    shippingLabel shortTitle size title transitTimeLabel trim vin virtualModelLink;
  boolean: adult certifiedPreOwned identifierExists isBundle vehicleMandatoryInspectionIncluded;
  ADULT| KIDS| TODDLER| INFANT| NEWBORN: ageGroup;
  BALCONY| BASEMENT| BASKETBALL_COURT| BIKE_STORAGE| CENTRAL_AC| DISHWASHER| DOG_PARK| ELEVATOR|
    EV_CHARGING| FENCED_LOT| FIREPLACE| FITNESS_CENTER| FORCED_AIR_HEATING| FULLY_FURNISHED| GARAGE|
    GATED_COMMUNITY| HARDWOOD_FLOORS| HIGH_SPEED_INTERNET| INTERCOM| IN_UNIT_WASHER_DRYER| KITCHEN|
    LARGE_CLOSETS| MULTISPORT_COURT| ONSITE_LAUNDRY| OUTDOOR_LOUNGE| PARKING| PATIO| PICKLEBALL_COURT|
    POOL| REFRIGERATOR| SOCCER_FIELD| TENNIS_COURT| WALK_IN_CLOSETS| WHEELCHAIR_ACCESS[]: amenityFeature;
  Price: autoPricingMinPrice costOfGoodsSold maximumRetailPrice price salePrice vehicleAllInPrice
    vehicleExpenses vehicleMsrp;
  IN_STOCK| OUT_OF_STOCK| PREORDER| LIMITED_AVAILABILITY| BACKORDER: availability;
  time: availabilityDate disclosureDate expirationDate;
  ATV_SPORT| ATV_TOURING| ATV_UTILITY| ATV_YOUTH| CITY_CAR| CLASS_A_MOTORHOME| CLASS_B_MOTORHOME|
    CLASS_C_MOTORHOME| COMPACT_SUV| CONVERTIBLE| COUPE| CROSSOVER| FIFTH_WHEEL| FULL_SIZE_VAN| HATCHBACK|
    LIMOUSINE| MINIVAN| NOTCHBACK| POP_UP_CAMPER| SEDAN| SIDE_BY_SIDE| STATION_WAGON| SUV| TRAVEL_TRAILER|
    TRUCK| TRUCK_CAMPER| UTE| UTV_RECREATIONAL_UTILITY| UTV_SPORT| UTV_UTILITY| UTV_YOUTH: bodyStyle;
  CarrierShipping[]: carrierShipping;
  ProductCertification[]: certifications;
  CloudExportAdditionalProperties[]: cloudExportAdditionalProperties;
  Co2Emissions: co2Emissions;
  NEW| USED| REFURBISHED: condition;
  DisplayAddress: displayAddress;
  number: displayAdsValue latitude longitude numberOfBathrooms numberOfBedrooms popularityRank;
  Mileage: electricRange mileage;
  ZERO_EMISSIONS| EURO1| EURO2| EURO3| EURO4| EURO5| EURO5B| EURO6| EURO6C| EURO6D| EURO6D_TEMP| EURO6E:
    emissionsStandard;
  EnergyConsumption: energyConsumption;
  APPP| APP| AP| A| B| C| D| E| F| G: energyEfficiencyClass maxEnergyEfficiencyClass
    minEnergyEfficiencyClass;
  GASOLINE| DIESEL| ELECTRIC| HYBRID| PLUG_IN_HYBRID| NATURAL_GAS| LPG| METHANE| OTHER: engine;
  SHOPPING_ADS| DISPLAY_ADS| LOCAL_INVENTORY_ADS| FREE_LISTINGS| FREE_LOCAL_LISTINGS| YOUTUBE_SHOPPING|
    YOUTUBE_SHOPPING_CHECKOUT| YOUTUBE_AFFILIATE| FREE_VEHICLE_LISTINGS| VEHICLE_ADS| CLOUD_RETAIL|
    LOCAL_CLOUD_RETAIL| RENTAL_ADS[]: excludedDestinations includedDestinations;
  FreeShippingThreshold[]: freeShippingThreshold;
  FuelConsumption: fuelConsumption fuelConsumptionDischargedBattery;
  MALE| FEMALE| UNISEX: gender;
  HandlingCutoffTime[]: handlingCutoffTimes;
  ProductInstallment: installment;
  LeaseTerm: leaseTerm;
  LoyaltyPoints: loyaltyPoints;
  LoyaltyProgram[]: loyaltyPrograms;
  int64: maxHandlingTime minHandlingTime multipack numberOfUnits sellOnGoogleQuantity year;
  ProductMinimumOrderValue[]: minimumOrderValues;
  ADS| ALL: pause;
  PetPolicy: petPolicy;
  PickupCost: pickupCost;
  NOT_SUPPORTED| BUY| RESERVE| SHIP_TO_STORE: pickupMethod;
  SAME_DAY| NEXT_DAY| TWO_DAY| THREE_DAY| FOUR_DAY| FIVE_DAY| SIX_DAY| MULTI_WEEK: pickupSla;
  ProductDetail[]: productDetails;
  ProductFee[]: productFee;
  ProductDimension: productHeight productLength productWidth;
  ProductWeight: productWeight;
  APARTMENT| CONDO| LOFT| MULTI_FAMILY_HOME| PENTHOUSE| ROOM| SINGLE_FAMILY_HOME| STUDIO| TOWNHOUSE:
    propertyType;
  QuestionAndAnswer[]: questionsAndAnswers;
  RelatedProduct[]: relatedProducts;
  Returns[]: returns;
  Interval: salePriceEffectiveDate;
  Shipping[]: shipping;
  ShippingBusinessDaysConfig[]: shippingHandlingBusinessDays shippingTransitBusinessDays;
  ShippingDimension: shippingHeight shippingLength shippingWidth;
  ShippingWeight: shippingWeight;
  AU| BR| CN| DE| EU| FR| IT| JP| MEX| UK| US: sizeSystem;
  REGULAR| PETITE| MATERNITY| BIG| TALL| PLUS[]: sizeTypes;
  CORPORATE| LOW_INCOME| MILITARY| SENIOR| SHORT_TERM| STUDENT: specialtyHousingType;
  StructuredDescription: structuredDescription;
  StructuredTitle: structuredTitle;
  SubscriptionCost: subscriptionCost;
  ProductSustainabilityIncentive[]: sustainabilityIncentives;
  UnitArea: unitArea;
  UnitPricingBaseMeasure: unitPricingBaseMeasure;
  UnitPricingMeasure: unitPricingMeasure;
  ELECTRICITY| GAS| INTERNET| TRASH| WATER[]: utilitiesIncluded;
  VariantOption[]: variantOptions;
  ALL_IN_PRICE| DRIVE_AWAY_PRICE| ESTIMATED_DRIVE_AWAY_PRICE| EXCLUDING_GOVERNMENT_CHARGES_PRICE|
    VEHICLE_BASE_PRICE: vehiclePriceType;
  Warranty: warranty; }
Price {
  int64: amountMicros;
  string: currencyCode; }
CarrierShipping {
  AUSTRALIA_POST_REGULAR| AUSTRALIA_POST_EXPRESS| AUSTRALIA_POST_REGULAR_S| AUSTRALIA_POST_REGULAR_M|
    AUSTRALIA_POST_REGULAR_L| AUSTRALIA_POST_REGULAR_XL| AUSTRALIA_POST_EXPRESS_S|
    AUSTRALIA_POST_EXPRESS_M| AUSTRALIA_POST_EXPRESS_L| AUSTRALIA_POST_EXPRESS_XL| TNT_ROAD_EXPRESS|
    TNT_OVERNIGHT_EXPRESS| TOLL_ROAD_DELIVERY| TOLL_OVERNIGHT_PRIORITY| DHL_PAKET| DHL_PACKCHEN|
    DPD_EXPRESS_12| DPD_EXPRESS| DPD_CLASSIC_PARCEL| HERMES_PACKCHEN| HERMES_PAKETKLASSE_S|
    HERMES_PAKETKLASSE_M| HERMES_PAKETKLASSE_L| UPS_EXPRESS| UPS_EXPRESS_SAVER| UPS_EXPRESS_STANDARD|
    DHL_EXPRESS| DHL_EXPRESS_12| DPD_NEXT_DAY| DPD_STANDARD_NEXT_DAY| DPD_STANDARD_TWO_DAY|
    RMG_1ST_CLASS_SMALL| RMG_1ST_CLASS_MEDIUM| RMG_2ND_CLASS_SMALL| RMG_2ND_CLASS_MEDIUM| TNT_EXPRESS|
    TNT_EXPRESS_10| TNT_EXPRESS_12| YODEL_B2C_48HR| YODEL_B2C_72HR| YODEL_B2C_PACKET| FEDEX_GROUND|
    FEDEX_HOME_DELIVERY| FEDEX_EXPRESS_SAVER| FEDEX_FIRST_OVERNIGHT| FEDEX_PRIORITY_OVERNIGHT|
    FEDEX_STANDARD_OVERNIGHT| FEDEX_2DAY| UPS_STANDARD| UPS_2ND_DAY_AIR| UPS_2ND_DAY_AM| UPS_3_DAY_SELECT|
    UPS_GROUND| UPS_NEXT_DAY_AIR| UPS_NEXT_DAY_AIR_EARLY_AM| UPS_NEXT_DAY_AIR_SAVER|
    USPS_PRIORITY_MAIL_EXPRESS| USPS_MEDIA_MAIL| USPS_GROUND_ADVANTAGE_RETAIL| USPS_PRIORITY_MAIL|
    USPS_GROUND_ADVANTAGE_COMMERCIAL: carrierPrice;
  Price: carrierPriceFlatAdjustment flatPrice;
  number: carrierPricePercentageAdjustment;
  DHL_PAKET| DHL_PACKCHEN| DHL_EXPRESSEASY| DPD_EXPRESS| DPD_CLASSIC_PARCEL| HERMES_HAUSTUR|
    HERMES_PAKETSHOP| GLS_BUSINESS| GLS_EXPRESS| GLS_PRIVATE| COLISSIMO_DOMICILE| DHL_EXPRESS_12AM|
    DHL_EXPRESS_9AM| GEODIS_EXPRESS| GEODIS_PACK_30| GEODIS_SAME_DAY| GEODIS_TOP_24| TNT_ESSENTIEL_24H|
    TNT_ESSENTIEL_FLEXIBILITE| FEDEX_GROUND| FEDEX_HOME_DELIVERY| FEDEX_EXPRESS_SAVER|
    FEDEX_FIRST_OVERNIGHT| FEDEX_PRIORITY_OVERNIGHT| FEDEX_STANDARD_OVERNIGHT| FEDEX_2DAY|
    UPS_2ND_DAY_AIR| UPS_2ND_DAY_AM| UPS_3_DAY_SELECT| UPS_GROUND| UPS_NEXT_DAY_AIR|
    UPS_NEXT_DAY_AIR_EARLY_AM| UPS_NEXT_DAY_AIR_SAVER| USPS_PRIORITY_MAIL_EXPRESS| USPS_MEDIA_MAIL|
    USPS_GROUND_ADVANTAGE_RETAIL| USPS_PRIORITY_MAIL| USPS_GROUND_ADVANTAGE_COMMERCIAL|
    USPS_FIRST_CLASS_MAIL: carrierTransitTime;
  string: country originPostalCode postalCode region;
  int64: fixedMaxTransitTime fixedMinTransitTime maxHandlingTime minHandlingTime; }
ProductCertification {
  ADEME| BMWK| EPA| EC: certificationAuthority;
  string: certificationCode certificationDocumentLink certificationLabelLink certificationValue;
  ENERGY_STAR| ENERGY_STAR_MOST_EFFICIENT| EPREL| EU_ECOLABEL| VEHICLE_ENERGY_EFFICIENCY|
    VEHICLE_ENERGY_EFFICIENCY_DISCHARGED_BATTERY: certificationName; }
CloudExportAdditionalProperties {
  boolean: boolValue;
  number[]: floatValue;
  int64[]: intValue;
  number: maxValue minValue;
  string: propertyName unitCode;
  string[]: textValue; }
Co2Emissions {
  GPERKM: unit;
  int64: value; }
DisplayAddress {
  string: city postalCode region streetName streetNumber; }
Mileage {
  MILES| KM: unit;
  int64: value; }
EnergyConsumption {
  KWHPER100KM: unit;
  number: value; }
FreeShippingThreshold {
  string: country;
  Price: priceThreshold; }
FuelConsumption {
  LPER100KM| KGPER100KM: unit;
  number: value; }
HandlingCutoffTime {
  string: country cutoffTime cutoffTimezone;
  boolean: disableDeliveryAfterCutoff; }
ProductInstallment {
  Price: amount downpayment totalAmount;
  number: annualPercentageRate;
  FINANCE| LEASE: creditType;
  int64: months; }
LeaseTerm {
  MONTHS| WEEKS: durationUnit;
  int64: durationValue;
  FIXED_TERM: type; }
LoyaltyPoints {
  string: name;
  int64: pointsValue;
  number: ratio; }
LoyaltyProgram {
  Price: cashbackForFutureUse price;
  int64: loyaltyPoints;
  Interval: memberPriceEffectiveDate;
  string: programLabel shippingLabel tierLabel; }
ProductMinimumOrderValue {
  string: country service;
  Price: price;
  ONLINE| LOCAL| ONLINE_LOCAL: surface; }
PetPolicy {
  boolean: petsAllowed;
  CATS| LARGE_DOGS| SMALL_DOGS[]: petTypes; }
PickupCost {
  Price: flatRate freeThreshold; }
ProductDetail {
  string: attributeName attributeValue sectionName; }
ProductFee {
  Price: amount;
  ADMIN_FEE| APPLICATION_FEE| SECURITY_DEPOSIT: type; }
ProductDimension {
  string: unit;
  number: value; }
ProductWeight {
  string: unit;
  number: value; }
QuestionAndAnswer {
  string: answer question; }
RelatedProduct {
  string: id;
  GTIN| ID: idType;
  PART_OF_SET| REQUIRED_PART| OFTEN_BOUGHT_WITH| SUBSTITUTE| DIFFERENT_BRAND| ACCESSORY: relationshipType; }
Returns {
  string[]: countries;
  NEW| LIKE_NEW| USED| DEFECTIVE_ONLY[]: itemConditions;
  BY_MAIL| IN_STORE| AT_A_KIOSK| DROP_OFF_LOCATION[]: methods;
  REFUND| EXCHANGE| STORE_CREDIT[]: outcomes;
  string: policyUrl;
  Price: restockingFee shippingFee;
  number: restockingPercentageFee;
  CUSTOMER_RESPONSIBILITY| DEDUCTED_FROM_REFUND: shippingFeeType;
  int64: windowDays;
  FINITE_RETURN_WINDOW| NO_RETURNS| LIFETIME: windowType; }
Interval {
  time: startTime endTime; }
Shipping {
  string: country handlingCutoffTime handlingCutoffTimezone locationGroupName loyaltyProgramLabel
    loyaltyTierLabel postalCode region service;
  int64: locationId maxHandlingTime maxTransitTime minHandlingTime minTransitTime;
  Price: price; }
ShippingBusinessDaysConfig {
  string: businessDays country; }
ShippingDimension {
  string: unit;
  number: value; }
ShippingWeight {
  string: unit;
  number: value; }
StructuredDescription {
  string: content;
  TRAINED_ALGORITHMIC_MEDIA| DEFAULT: digitalSourceType; }
StructuredTitle {
  string: content;
  TRAINED_ALGORITHMIC_MEDIA| DEFAULT: digitalSourceType; }
SubscriptionCost {
  Price: amount;
  MONTH| YEAR| WEEK: period;
  int64: periodLength; }
ProductSustainabilityIncentive {
  Price: amount;
  number: percentage;
  EV_TAX_CREDIT| EV_PRICE_DISCOUNT: type; }
UnitArea {
  SQM| SQFT: unit;
  number: value; }
UnitPricingBaseMeasure {
  string: unit;
  int64: value; }
UnitPricingMeasure {
  string: unit;
  number: value; }
VariantOption {
  string: name value; }
Warranty {
  int64: duration;
  Mileage: mileage; }
`;

/** Fields of a message with their types. */
export type Message = ReadonlyMap<string, string>;

/** All messages a request can hold, by name. */
export const MESSAGES: ReadonlyMap<string, Message> = new Map(
  [...`${TEXT}${SIDE_MESSAGES}`.matchAll(/(\w+) \{([^}]*)\}/g)].map(([, name = '', body = '']) => [
    name,
    fieldsOf(body),
  ]),
);

function fieldsOf(body: string): Message {
  const fields = new Map<string, string>();
  for (const line of body.split(';')) {
    const [type = '', names = ''] = line.split(':');
    for (const name of names.trim().split(/\s+/)) {
      if (name !== '') fields.set(name, type.replace(/\s+/g, ''));
    }
  }
  return fields;
}
