// Says which packages an installation left out. JavaScript, because what reads TypeScript may be among them.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

/** What npm writes at the end of an installation. */
const installed = path.resolve(__dirname, '../node_modules/.package-lock.json');

/** The sentence for when nothing that is needed to run TypeScript is there. */
function withoutDependencies() {
  const cause = causeOfOmission();
  if (cause === undefined && !fs.existsSync(installed)) {
    return 'The dependencies are not installed yet. Run: npm ci';
  }
  return `The development packages are left out of node_modules, by ${cause ?? 'the "omit" setting of npm'}; the local stack is made of them. Run: npm ci --include=dev`;
}

function causeOfOmission() {
  const { NODE_ENV, npm_config_omit: omit = '', npm_config_production: production } = process.env;
  if (NODE_ENV === 'production') {
    return 'NODE_ENV=production';
  }
  return production === 'true' || /\bdev\b/.test(omit) ? 'the "omit" setting of npm' : undefined;
}

/** The sentence for when esbuild lacks its program for this platform; undefined for any other error. */
function withoutPlatform(error) {
  if (!/needed by esbuild|installed esbuild for another platform/.test(String(error?.message))) {
    return undefined;
  }
  return 'The packages for this platform are missing: the "omit" setting of npm leaves out optional ones, or node_modules is from another machine. Run: npm ci --include=dev --include=optional';
}

module.exports = { withoutDependencies, withoutPlatform };
