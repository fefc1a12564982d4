// What goes to this machine itself never takes a proxy: whoever loads this adds the loopback hosts to those that are
// reached without HTTP_PROXY, HTTPS_PROXY and ALL_PROXY, in this process and in all that inherit its environment. What
// is listed already stays. JavaScript, because launch.cjs loads it before anything else.
'use strict';
const http = require('node:http');
const https = require('node:https');

const hosts = ['localhost', '127.0.0.1', '[::1]', '::1'];

/** Libraries disagree on which spelling wins, so that both say the same. */
const names = ['NO_PROXY', 'no_proxy'];
/** Where it is set, axios prefers it to the others. */
const npmName = 'npm_config_no_proxy';

const listed = [...names, npmName].flatMap((name) => (process.env[name] ?? '').split(','));
const list = [...new Set([...listed.map((entry) => entry.trim()).filter(Boolean), ...hosts])].join(',');
for (const name of names) {
  process.env[name] = list;
}
if (process.env[npmName]) {
  process.env[npmName] = list;
}

// With NODE_USE_ENV_PROXY, the agents that Node starts with have read the list already, as it was before.
for (const library of [http, https]) {
  const { options } = library.globalAgent;
  if (options.proxyEnv === undefined) {
    continue;
  }
  library.globalAgent = new library.Agent({ ...options, proxyEnv: process.env });
}
