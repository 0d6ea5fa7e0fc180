import {
  type AttributeRow,
  choice,
  group,
  integer,
  measure,
  number,
  PRICE,
  row,
  text,
  tiedGroup,
  wholeMeasure,
  YES_NO,
} from './row.js';

const VEHICLES = { source: 'vehicles' } as const;
const RENTALS = { source: 'rentals' } as const;
const MILEAGE = wholeMeasure({ miles: 'MILES', km: 'KM' });
const FUEL = measure({ lper100km: 'LPER100KM', kgper100km: 'KGPER100KM' }, null);

const BODY_STYLES = [
  'ATV_SPORT ATV_TOURING ATV_UTILITY ATV_YOUTH CITY_CAR CLASS_A_MOTORHOME CLASS_B_MOTORHOME CLASS_C_MOTORHOME',
  'COMPACT_SUV CONVERTIBLE COUPE CROSSOVER FIFTH_WHEEL FULL_SIZE_VAN HATCHBACK LIMOUSINE MINIVAN NOTCHBACK',
  'POP_UP_CAMPER SEDAN SIDE_BY_SIDE STATION_WAGON SUV TRAVEL_TRAILER TRUCK TRUCK_CAMPER UTE',
  'UTV_RECREATIONAL_UTILITY UTV_SPORT UTV_UTILITY UTV_YOUTH',
].flatMap((line) => line.split(' '));

const AMENITIES = [
  'BALCONY BASEMENT BASKETBALL_COURT BIKE_STORAGE CENTRAL_AC DISHWASHER DOG_PARK ELEVATOR EV_CHARGING FENCED_LOT',
  'FIREPLACE FITNESS_CENTER FORCED_AIR_HEATING FULLY_FURNISHED GARAGE GATED_COMMUNITY HARDWOOD_FLOORS',
  'HIGH_SPEED_INTERNET INTERCOM IN_UNIT_WASHER_DRYER KITCHEN LARGE_CLOSETS MULTISPORT_COURT ONSITE_LAUNDRY',
  'OUTDOOR_LOUNGE PARKING PATIO PICKLEBALL_COURT POOL REFRIGERATOR SOCCER_FIELD TENNIS_COURT WALK_IN_CLOSETS',
  'WHEELCHAIR_ACCESS',
].flatMap((line) => line.split(' '));

/** Vehicle ads. */
export const VEHICLE: readonly AttributeRow[] = [
  row('vin', text(), VEHICLES),
  row('model', text(), VEHICLES),
  row('trim', text(), VEHICLES),
  row('year', integer(1886), VEHICLES),
  row('body_style', choice(...BODY_STYLES), VEHICLES),
  row(
    'engine',
    choice(
      'GASOLINE',
      'DIESEL',
      'ELECTRIC',
      'HYBRID',
      'PLUG_IN_HYBRID',
      'NATURAL_GAS',
      'LPG',
      'METHANE',
      'OTHER',
    ),
    VEHICLES,
  ),
  row('mileage', MILEAGE, VEHICLES),
  row('electric_range', MILEAGE, VEHICLES),
  row('certified_pre_owned', YES_NO, VEHICLES),
  row('date_first_registered', text(7, '^\\d{4}-(0[1-9]|1[0-2])$'), { ...VEHICLES, note: 'YYYY-MM.' }),
  row('co2_emissions', wholeMeasure({ gperkm: 'GPERKM' }), { ...VEHICLES, field: 'co2Emissions' }),
  row('energy_consumption', measure({ kwhper100km: 'KWHPER100KM' }, null), VEHICLES),
  row('fuel_consumption', FUEL, VEHICLES),
  row('fuel_consumption_discharged_battery', FUEL, VEHICLES),
  row(
    'emissions_standard',
    choice(
      ...['ZERO_EMISSIONS', 'EURO1', 'EURO2', 'EURO3', 'EURO4', 'EURO5', 'EURO5B', 'EURO6', 'EURO6C'],
      ...['EURO6D', 'EURO6D_TEMP', 'EURO6E'],
    ),
    VEHICLES,
  ),
  row('warranty', group(row('duration', integer(0), { note: 'Months.' }), row('mileage', MILEAGE)), VEHICLES),
  row('vehicle_msrp', PRICE, VEHICLES),
  row('vehicle_all_in_price', PRICE, VEHICLES),
  row('vehicle_expenses', PRICE, VEHICLES),
  row(
    'vehicle_price_type',
    choice(
      ...['ALL_IN_PRICE', 'DRIVE_AWAY_PRICE', 'ESTIMATED_DRIVE_AWAY_PRICE'],
      ...['EXCLUDING_GOVERNMENT_CHARGES_PRICE', 'VEHICLE_BASE_PRICE'],
    ),
    VEHICLES,
  ),
  row('vehicle_mandatory_inspection_included', YES_NO, VEHICLES),
  row(
    'sustainability_incentive',
    tiedGroup(
      { clashes: [['amount', 'percentage']] },
      row('type', choice('EV_TAX_CREDIT', 'EV_PRICE_DISCOUNT'), { requirement: 'required' }),
      row('amount', PRICE),
      row('percentage', number(0, 100)),
    ),
    { ...VEHICLES, field: 'sustainabilityIncentives', list: 10 },
  ),
];

/** Rental property ads. */
export const RENTAL: readonly AttributeRow[] = [
  row('property_name', text(), RENTALS),
  row(
    'property_type',
    choice(
      ...['APARTMENT', 'CONDO', 'LOFT', 'MULTI_FAMILY_HOME', 'PENTHOUSE', 'ROOM', 'SINGLE_FAMILY_HOME'],
      ...['STUDIO', 'TOWNHOUSE'],
    ),
    RENTALS,
  ),
  row(
    'specialty_housing_type',
    choice('CORPORATE', 'LOW_INCOME', 'MILITARY', 'SENIOR', 'SHORT_TERM', 'STUDENT'),
    RENTALS,
  ),
  row(
    'display_address',
    group(
      ...['street_number', 'street_name', 'city', 'region', 'postal_code'].map((name) => row(name, text())),
    ),
    RENTALS,
  ),
  row('neighborhood', text(), RENTALS),
  row('latitude', number(-90, 90), RENTALS),
  row('longitude', number(-180, 180), RENTALS),
  row('number_of_bathrooms', number(0), RENTALS),
  row('number_of_bedrooms', number(0), RENTALS),
  row('number_of_units', integer(1), RENTALS),
  row('unit_area', measure({ sqm: 'SQM', sqft: 'SQFT' }, null), RENTALS),
  row('amenity_feature', choice(...AMENITIES), { ...RENTALS, list: 100 }),
  row('utilities_included', choice('ELECTRICITY', 'GAS', 'INTERNET', 'TRASH', 'WATER'), {
    ...RENTALS,
    list: 5,
  }),
  row(
    'pet_policy',
    group(
      row('pets_allowed', YES_NO),
      row('pet_type', choice('CATS', 'LARGE_DOGS', 'SMALL_DOGS'), { field: 'petTypes', list: 3 }),
    ),
    RENTALS,
  ),
  row(
    'lease_term',
    group(
      row('duration_value', integer(1)),
      row('duration_unit', choice('MONTHS', 'WEEKS')),
      row('type', choice('FIXED_TERM')),
    ),
    RENTALS,
  ),
  row(
    'product_fee',
    group(
      row('type', choice('ADMIN_FEE', 'APPLICATION_FEE', 'SECURITY_DEPOSIT'), { requirement: 'required' }),
      row('amount', PRICE, { requirement: 'required' }),
    ),
    { ...RENTALS, list: 100 },
  ),
];

/** Extra facts for Google Cloud Retail. */
export const CLOUD: readonly AttributeRow[] = [
  row(
    'cloud_export_additional_properties',
    group(
      row('property_name', text(256), { requirement: 'required' }),
      row('text_value', text(256), { list: 400 }),
      row('bool_value', YES_NO),
      row('int_value', integer(Number.MIN_SAFE_INTEGER), { list: 400 }),
      row('float_value', number(), { list: 400 }),
      row('min_value', number()),
      row('max_value', number()),
      row('unit_code', text(256)),
    ),
    { source: 'typings', list: 100 },
  ),
];

/** Attributes of the special kinds of listing. */
export const VERTICAL: readonly AttributeRow[] = [...VEHICLE, ...RENTAL, ...CLOUD];
