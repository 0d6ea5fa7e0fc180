/** What `omnifeed init` writes. Loads without mistakes as it is; everything optional is commented out. */
export const CONFIG_TEMPLATE = `# Omnifeed. \${NAME} in a value is replaced by the environment variable NAME; keep secrets there.
# Paths start at the folder of this file. Check it with: omnifeed doctor

# A file for SQLite, or postgres://user:\${DB_PASSWORD}@host:5432/omnifeed
database: omnifeed-data/omnifeed.db

# embedded: jobs wait in the database. redis://host:6379: for workers on several machines.
queue: embedded

# Encrypts buyers and credentials. OMNIFEED_KEY in the environment goes first.
keyFile: omnifeed.key
# keyRing: omnifeed-data/omnifeed-keys.db   # keys of single buyers; on Postgres name another database
# backups: { folder: omnifeed-data/backups, hourly: true, keep: { hours: 24, days: 7, weeks: 4 } }   # sealed with the key; better on another disk

# webhooks: { privateHosts: [receiver.internal] }   # outgoing webhooks go to public hosts only, and to these

log:
  level: info # silent, error, warn, info

# Served by \`omnifeed start\`: the console and the API. Behind a proxy with https:
# http: { port: 8080, publicUrl: https://feeds.example, trustProxy: true }

# GET /meta/checkout sends shoppers from Meta's checkout link to the cart of your shop: shopify, woocommerce or template.
# checkout: { cart: shopify, address: https://shop.example, cartId: variant_id }
# POST /hooks/<channel>/<secret>: channels tell that a listing changed, and it is read back at once; at least 24 letters.
# hooks: { secret: "\${HOOKS_SECRET}" }
# POST /conversions/<channel>: your shop tells purchases of buyers who gave consent; see the channel's README.
# conversions: { secret: "\${SHOP_SECRET}" }

# Where omnifeed buyers export --consented --webhook posts customers who agreed to marketing, signed (Standard Webhooks).
# customerExport: { url: https://crm.example/omnifeed, secret: "\${CRM_SECRET}" }

# Language of the products' own texts, for channels in other languages; a file with exchange rates, for convert() in mappings:
# date: 2026-11-24, base: EUR, rates: { USD: 1.087, GBP: 0.83 }
# catalog: { language: en, rates: rates.yaml }

# Where products come from. The format is recognised; name it when it is not.
sources: {}
#  shop:
#    path: catalog.csv            # or url: https://shop.example/feed.xml, or channel: my-shop (a shop below; nothing else is needed then)
#    role: primary                # supplemental: adds to products that are known, by SKU
#    format: auto                 # shopify-csv, woocommerce-csv, magento-csv, google-xml, google-tsv, mapped-csv, ...
#    currency: USD                # of prices that do not name one
#    encoding: utf-8              # when it is not recognised
#    mapping: sources/shop.yaml   # source mapping, for the mapped-* formats
#    baseUrl: https://shop.example/media
#    guard:                       # an import beyond these waits for you
#      leastRowShare: 0.8
#      largestVanishedShare: 0.05

# Where listings go: one account in one market each.
channels: {}
#  google-us:
#    connector: google-merchant
#    country: US
#    language: en
#    currency: USD
#    zone: America/New_York
#    mapping: mappings/google-us.yaml   # absent: the connector's default mapping
#    params:
#      brand: Example
#    settings: {}                       # see the connector's README
#    stock:
#      safetyStock: 1
#      allocation: { mode: shared, keeper: amazon-us, lastUnits: 2 }
#    guard:
#      removalShare: 0.3
#      priceFall: 0.4
#    adopt: ask                         # matching: take over listings that are there already when we list the same SKU
#    heal: 20 4 * * *                   # everything in one document, where a channel takes documents too; false: never
#    places:                            # stock per store or region, from stock per location
#      berlin: { store: BER-1, pickup: { method: buy, sla: same_day } }
#    promotions: promotions.yaml        # or .csv
#    profit:                            # for omnifeed profit: what the prices contain, what sending a unit costs
#      prices: net                      # gross: with taxPercent
#      shipping: 4.90
#    signals: { originCountry: US, originPostalCode: "94043" }   # parcels of all sales, for delivery estimates
#    inspect:                           # look at pictures and landing pages, at night; off unless asked for
#      images: true
#      pages: true
#      perDay: 2000                     # fetches
#      perSecond: 2
#  amazon-us:
#    connector: amazon
#    country: US
#    language: en
#    currency: USD
#    zone: America/Los_Angeles
#    settings: {}
#    orders:
#      placeIn: my-shop                 # the channel of your shop
#      policy: matched                  # all, matched, none
#      keepBuyersDays: 23               # after an order was finished; never longer than the channel allows

# Warehouses and stores, named as the stock is counted; see "Stores and pickup" in the README.
# locations:
#   berlin:
#     code: BER-1
#     zone: Europe/Berlin
#     hours: { mon-fri: "10:00-19:00", sat: "10:00-16:00" }
#     exceptions: { 2026-12-24: "10:00-14:00", 2026-12-25: closed }
#     uses: [ship, pickup, curbside, return]
#     staff:                             # told of new orders
#       email: [berlin@shop.example]
#       webhook: { url: https://shop.example/orders, secret: "\${STAFF_SECRET}" }
# mail: { server: "smtps://orders:\${MAIL_PASSWORD}@mail.example", from: orders@shop.example }

# When jobs look by themselves. Five fields: minute, hour, day, month, weekday.
schedules: {}
#  nightly-import:
#    job: import
#    key: shop
#    cron: "0 3 * * *"
#    zone: America/New_York
`;
