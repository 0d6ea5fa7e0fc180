/** Namespace of the REST API this connector speaks. `wc/v4` is internal (WooCommerce 11.x, verified 2026-11-23). */
export const API = 'wc/v3';

/** Oldest release that has `modified_after` and `dates_are_gmt` (5.8, 2021-10; verified 2026-11-23). */
export const OLDEST_VERSION = '5.8';
