# Cairn in a container: dependencies in one stage, the program alone in the next, run by nobody in particular.
# The npm package `node` brings the Node that the lock file names; the image's own serves npm.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /cairn
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/var/lib/cairn/data \
    KEYS_DIR=/var/lib/cairn/keys
WORKDIR /cairn
# Folders of its own: what must outlive the container lies in the volume.
RUN groupadd --system --gid 10001 cairn \
 && useradd --system --uid 10001 --gid cairn --home-dir /var/lib/cairn --shell /usr/sbin/nologin cairn \
 && install -d -o cairn -g cairn -m 0700 /var/lib/cairn /var/lib/cairn/data /var/lib/cairn/keys
COPY --from=dependencies /cairn/node_modules ./node_modules
COPY package.json LICENSE NOTICE openapi.yaml ./
COPY drizzle ./drizzle
COPY src ./src
USER cairn
VOLUME /var/lib/cairn
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not by npm: signals must reach the service itself.
CMD ["node_modules/.bin/node", "src/server.ts"]
