/**
 * The version of Shopify's Admin API everything here is written for, usable until 2027-10-16 (shopify.dev, "API versioning", verified
 * 2026-11-23). A version that has expired is served by the oldest supported one without a word: `check` compares what was answered.
 */
export const API_VERSION = '2026-10';
