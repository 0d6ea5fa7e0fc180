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
const MILEAGE = wholeMeasure({ miles: 'MILES', km: 'KM' });
const FUEL = measure({ lper100km: 'LPER100KM', kgper100km: 'KGPER100KM' }, null);

const BODY_STYLES = [
  'ATV_SPORT ATV_TOURING ATV_UTILITY ATV_YOUTH CITY_CAR CLASS_A_MOTORHOME CLASS_B_MOTORHOME CLASS_C_MOTORHOME',
  'COMPACT_SUV CONVERTIBLE COUPE CROSSOVER FIFTH_WHEEL FULL_SIZE_VAN HATCHBACK LIMOUSINE MINIVAN NOTCHBACK',
  'POP_UP_CAMPER SEDAN SIDE_BY_SIDE STATION_WAGON SUV TRAVEL_TRAILER TRUCK TRUCK_CAMPER UTE',
  'UTV_RECREATIONAL_UTILITY UTV_SPORT UTV_UTILITY UTV_YOUTH',
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
