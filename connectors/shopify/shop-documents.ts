import type { AdminDocument } from './client.js';

/** What the shop is and what the app may do. */
export const PROBE: AdminDocument = {
  name: 'Probe',
  text: `query Probe {
  shop { myshopifyDomain currencyCode taxesIncluded plan { partnerDevelopment publicDisplayName } }
  currentAppInstallation { accessScopes { handle } }
}`,
};

/** The definition of the order key; none: it must be made before anything is placed. */
export const READ_ORDER_KEY: AdminDocument = {
  name: 'ReadOrderKey',
  text: `query ReadOrderKey($namespace: String!, $key: String!) {
  metafieldDefinitions(first: 1, ownerType: ORDER, namespace: $namespace, key: $key) { nodes { id type { name } } }
}`,
};

/** Makes the order key: type `id` makes its values unique and lets orders be looked up by them. */
export const DEFINE_ORDER_KEY: AdminDocument = {
  name: 'DefineOrderKey',
  text: `mutation DefineOrderKey($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) { createdDefinition { id } userErrors { code field message } }
}`,
};

/** All locations, closed ones too. */
export const READ_LOCATIONS: AdminDocument = {
  name: 'ReadLocations',
  text: `query ReadLocations($after: String) {
  locations(first: 100, after: $after, includeInactive: true) {
    nodes { id name isActive }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

/** Calls the shop makes to one address of ours. */
export const READ_HOOKS: AdminDocument = {
  name: 'ReadHooks',
  text: `query ReadHooks($uri: String!) {
  webhookSubscriptions(first: 100, uri: $uri) { nodes { id topic uri } }
}`,
};

/** Asks the shop to call an address when something happens. */
export const CREATE_HOOK: AdminDocument = {
  name: 'CreateHook',
  text: `mutation CreateHook($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
    webhookSubscription { id topic uri }
    userErrors { field message }
  }
}`,
};
