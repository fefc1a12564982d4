#!/usr/bin/env bash
# openai (JavaScript) 6.49.0, against a server that refuses a request the way vLLM and Mistral document it.
#
# Expected: an APIError carries what the server said: its message has the text of the body, `code` and `type` are those
#   of the body, as they are when the body has them under `error`.
# Happens: the library reads only `body.error`. Older versions of vLLM, and Mistral, put message, type and code at the top of
#   the body; all of it is dropped, and the message claims that there was no body: "400 status code (no body)".
# Matters: whoever tells failures of OpenAI-compatible servers apart (context too long, an unknown parameter, a filter)
#   has nothing to go by, and an operator reads that the server said nothing. A `fetch` of one's own that puts the body
#   under `error` keeps it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openai@6.49.0
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';

const said = { message: "This model's maximum context length is 8192 tokens.", type: 'BadRequestError', param: null, code: 400 };
const bodies = { 'under error': { error: said }, 'at the top': { object: 'error', ...said } };
const seen = {};
for (const [place, body] of Object.entries(bodies)) {
  const server = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${server.address().port}/v1` });
  const messages = [{ role: 'user', content: 'Hello.' }];
  const error = await client.chat.completions.create({ model: 'm', messages }).catch((one) => one);
  seen[place] = { message: error.message, type: error.type, code: error.code, error: error.error };
  server.close();
}
console.log('openai', JSON.parse(readFileSync('node_modules/openai/package.json', 'utf8')).version);
console.log(JSON.stringify(seen, null, 2));
const kept = seen['under error'].message.includes('maximum context length') && seen['under error'].code === 400;
const dropped = seen['at the top'].message === '400 status code (no body)' && seen['at the top'].code === undefined;
if (!kept || !dropped) {
  console.error('This has changed.');
  process.exit(1);
}
JS
node run.mjs
