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
  YES_NO,
} from './row.js';

const RENTALS = { source: 'rentals' } as const;

const AMENITIES = [
  'BALCONY BASEMENT BASKETBALL_COURT BIKE_STORAGE CENTRAL_AC DISHWASHER DOG_PARK ELEVATOR EV_CHARGING FENCED_LOT',
  'FIREPLACE FITNESS_CENTER FORCED_AIR_HEATING FULLY_FURNISHED GARAGE GATED_COMMUNITY HARDWOOD_FLOORS',
  'HIGH_SPEED_INTERNET INTERCOM IN_UNIT_WASHER_DRYER KITCHEN LARGE_CLOSETS MULTISPORT_COURT ONSITE_LAUNDRY',
  'OUTDOOR_LOUNGE PARKING PATIO PICKLEBALL_COURT POOL REFRIGERATOR SOCCER_FIELD TENNIS_COURT WALK_IN_CLOSETS',
  'WHEELCHAIR_ACCESS',
].flatMap((line) => line.split(' '));

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
