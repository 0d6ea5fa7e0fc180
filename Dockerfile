# Omnifeed in a container. Built in two stages: the tools that build it are not in what runs.
# Another registry or a digest of your own: --build-arg NODE_IMAGE=registry.example/node@sha256:…
ARG NODE_IMAGE=node:22.21.1-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# No script of any package runs: Node 22 uses the SQLite library that brings its binary along (src/db/sqlite-library.ts).
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY src ./src
COPY connectors ./connectors
COPY jobs ./jobs
COPY bench ./bench
RUN npm run build && rm -rf dist/bench && npm prune --omit=dev --ignore-scripts

FROM ${NODE_IMAGE} AS run
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY package.json LICENSE README.md ./
COPY mappings ./mappings
COPY examples ./examples
RUN install -d -o node -g node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/src/main.js"]
CMD ["start", "--config", "/config/omnifeed.yaml"]
