/**
 * Our carrier names → `carrierCode`. Spellings as in Amazon's list; anything else goes as `Other` with its name, which earns
 * no valid-tracking credit. Source: developer-docs.amazon/sp-api, carrier enumeration of the fulfilment feed (partial); verified 2026-11.
 */
const CARRIERS: readonly string[] = [
  'USPS',
  'UPS',
  'UPSMI',
  'FedEx',
  'FedEx SmartPost',
  'DHL',
  'DHL Global Mail',
  'DPD',
  'GLS',
  'GO!',
  'Hermes Logistik Gruppe',
  'Royal Mail',
  'Parcelforce',
  'TNT',
  'Chronopost',
  'La Poste',
  'Deutsche Post',
  'Poste Italiane',
  'Canada Post',
  'OnTrac',
  'Lasership',
  'Newgistics',
  'OSM',
  'Streamlite',
  'Fastway',
  'Blue Package',
  'SagawaExpress',
  'YamatoTransport',
  'NipponExpress',
  'JP_EXPRESS',
  'NITTSU',
  'India Post',
  'First Flight',
];

/** What shops write instead. */
const ALSO: Readonly<Record<string, string>> = {
  'dhl express': 'DHL',
  'dhl paket': 'DHL',
  'dhl germany': 'DHL',
  'dhl ecommerce': 'DHL Global Mail',
  'federal express': 'FedEx',
  'fedex ground': 'FedEx',
  'fedex express': 'FedEx',
  'fedex smart post': 'FedEx SmartPost',
  hermes: 'Hermes Logistik Gruppe',
  'ups mail innovations': 'UPSMI',
  'united parcel service': 'UPS',
  'united states postal service': 'USPS',
  colissimo: 'La Poste',
  sagawa: 'SagawaExpress',
  yamato: 'YamatoTransport',
  'japan post': 'JP_EXPRESS',
};

/** How Amazon wants a carrier named. */
export type AmazonCarrier =
  | { readonly carrierCode: string }
  | { readonly carrierCode: 'Other'; readonly carrierName: string };

/** Amazon's name of a carrier: the operator's own table first, then ours, then `Other`. Capitals and blanks do not matter. */
export function amazonCarrier(name: string, own: Readonly<Record<string, string>> = {}): AmazonCarrier {
  const key = plain(name);
  const chosen = Object.entries(own).find(([ours]) => plain(ours) === key)?.[1];
  const code =
    chosen ??
    CARRIERS.find((carrier) => plain(carrier) === key) ??
    (Object.hasOwn(ALSO, key) ? ALSO[key] : undefined);
  if (code !== undefined) return { carrierCode: code };
  return { carrierCode: 'Other', carrierName: name.trim() || 'Unknown' };
}

function plain(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** The names of carriers whose parcels Amazon follows: the operator's own, then Amazon's. */
export function followedCarriers(own: Readonly<Record<string, string>> = {}): readonly string[] {
  return [...new Set([...Object.keys(own), ...CARRIERS])];
}
