import type { Customer } from './consented-customers.js';

/** One column of a customer file: its heading and what stands in it; empty where it is not known. */
export interface CustomerColumn {
  readonly name: string;
  value(customer: Customer): string;
}

/** Column sets by name. */
export const CUSTOMER_COLUMN_SETS = ['plain', 'hubspot', 'marketo'] as const;

/** One of them. */
export type CustomerColumnSet = (typeof CUSTOMER_COLUMN_SETS)[number];

const email = ({ email: address }: Customer): string => address;
const name = ({ buyer }: Customer): string => buyer.name ?? '';
const phone = ({ buyer }: Customer): string => buyer.phone ?? '';
const company = ({ buyer }: Customer): string => buyer.company ?? '';
const street = ({ buyer }: Customer): string => buyer.address?.lines.join(', ') ?? '';
const city = ({ buyer }: Customer): string => buyer.address?.city ?? '';
const region = ({ buyer }: Customer): string => buyer.address?.region ?? '';
const postalCode = ({ buyer }: Customer): string => buyer.address?.postalCode ?? '';
const country = ({ buyer }: Customer): string => buyer.address?.country ?? '';

/** Channels tell one name. Up to its first blank is taken for the first name, as import tools do; a single word is a last name. */
function firstName(customer: Customer): string {
  const [, first = ''] = /^(\S+)\s+\S/.exec(name(customer).trim()) ?? [];
  return first;
}

function lastName(customer: Customer): string {
  return name(customer).trim().slice(firstName(customer).length).trim();
}

const column = (heading: string, value: CustomerColumn['value']): CustomerColumn => ({
  name: heading,
  value,
});

/**
 * The columns of each set. HubSpot's and Marketo's are the names their import shows for these fields; anything else a tool wants is renamed in its
 * import.
 */
export const CUSTOMER_COLUMNS: Readonly<Record<CustomerColumnSet, readonly CustomerColumn[]>> = {
  plain: [
    column('email', email),
    column('name', name),
    column('phone', phone),
    column('company', company),
    column('street', street),
    column('city', city),
    column('region', region),
    column('postal_code', postalCode),
    column('country', country),
    column('orders', ({ orders }) => String(orders)),
    column('first_order_at', ({ firstOrderAt }) => firstOrderAt),
    column('last_order_at', ({ lastOrderAt }) => lastOrderAt),
    column('channels', ({ channels }) => channels.join(' ')),
    column('consent_at', ({ consent }) => consent.at),
    column('consent_source', ({ consent }) => consent.source),
  ],
  hubspot: [
    column('Email', email),
    column('First Name', firstName),
    column('Last Name', lastName),
    column('Phone Number', phone),
    column('Company Name', company),
    column('Street Address', street),
    column('City', city),
    column('State/Region', region),
    column('Postal Code', postalCode),
    column('Country/Region', country),
  ],
  marketo: [
    column('Email Address', email),
    column('First Name', firstName),
    column('Last Name', lastName),
    column('Phone Number', phone),
    column('Company Name', company),
    column('Address', street),
    column('City', city),
    column('State', region),
    column('Postal Code', postalCode),
    column('Country', country),
  ],
};
