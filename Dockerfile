# A Box of its own, for tests: docker run -p 127.0.0.1:4010:4010 … --token secret. See docs/emulator/docker.md.

FROM node:24-slim AS build
WORKDIR /source
COPY . .
RUN npm ci --ignore-scripts && npm run build
RUN mkdir /packed && npm pack ./dist/client ./dist/emulator ./dist/transfer ./dist/cli --pack-destination /packed

FROM node:24-slim
WORKDIR /app
RUN --mount=type=bind,from=build,source=/packed,target=/packed \
    npm init --yes >/dev/null && npm install --omit=dev --ignore-scripts /packed/*.tgz && npm cache clean --force
RUN mkdir /data && chown node:node /data
ENV PATH=/app/node_modules/.bin:$PATH NODE_ENV=production
USER node
VOLUME /data
EXPOSE 4010
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --start-interval=500ms \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4010/_emulator/clock').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that docker stop reaches it.
ENTRYPOINT ["boxhaul", "emulator", "--host", "0.0.0.0", "--port", "4010", "--data", "/data"]
