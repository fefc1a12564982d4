#!/usr/bin/env bash
# durable-functions 3.5.0 (JavaScript), its client against an address that records what it is asked for.
#
# Expected: terminate, suspend and resume send the reason that they are given, as any text may be one.
# Happens: the reason is put into the query as it stands. An ampersand ends it, a plus sign means a space to who reads it, and from a number
#   sign on nothing is sent at all.
# Matters: the reason is what the engine keeps as the output of a terminated instance, and what people read there. It
#   has to be encoded by the caller, or kept to letters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund durable-functions@3.5.0 @azure/functions@4.16.5
cat > run.cjs <<'JS'
const { once } = require('node:events');
const { createServer } = require('node:http');
const df = require('durable-functions');

(async () => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(202).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${server.address().port}/runtime/webhooks/durabletask/`;
  const input = df.input.durableClient();
  const data = { taskHubName: 'hub', rpcBaseUrl: base, creationUrls: {}, managementUrls: {} };
  const context = { options: { extraInputs: [input] }, extraInputs: { get: () => data } };
  const client = df.getClient(context);
  const reason = 'cables & power, see #7';
  await client.terminate('one', reason);
  await client.suspend('one', reason);
  server.close();
  const seen = asked.map((url) => new URL(url, base).searchParams.get('reason'));
  console.log('durable-functions 3.5.0; given:', reason);
  for (const [place, url] of asked.entries()) console.log(`  ${url}\n    read as ${JSON.stringify(seen[place])}`);
  if (!seen.every((text) => text === 'cables ')) {
    console.error('This has changed.');
    process.exit(1);
  }
})();
JS
node run.cjs
