/** What mappings, audits and connectors may know of a channel: one configured account of a connector in one market. */
export interface ChannelFacts {
  /** The operator's name of the channel, `google-us`. */
  readonly id: string;
  /** Which connector it is an account of, `google-merchant`. */
  readonly connector: string;
  /** ISO 3166-1 alpha-2, capitals. */
  readonly country: string;
  /** Language tag, lower case: `en`, `pt-br`. */
  readonly language: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** IANA time zone, for calendar days and sale windows. */
  readonly zone: string;
}
