// Starts a TypeScript entry point. Plain old JavaScript on purpose: it must run on a Node that is too old, to say so.
'use strict';
var needed = [20, 19];
var have = process.versions.node.split('.').map(Number);
if (have[0] < needed[0] || (have[0] === needed[0] && have[1] < needed[1])) {
  console.error(
    'Node ' +
      needed.join('.') +
      ' or later is needed; this is ' +
      process.versions.node +
      '. Install a current one from https://nodejs.org and try again.',
  );
  process.exit(1);
}
require('./loopback.cjs');
require('./closed-output.cjs');
var path = require('node:path');
var entry = path.resolve(__dirname, '..', process.argv[2]);
/** What a deployment runs where nothing is installed: they need no package, and Node reads their TypeScript. */
var withoutPackages = ['scripts/package/sign-cli.ts', 'scripts/package/verify-cli.ts'];
var needsNoPackage = withoutPackages.indexOf(process.argv[2]) !== -1 && Boolean(process.features.typescript);
process.argv.splice(1, 2, entry);
var url = require('node:url');
require('./kept-command.cjs')
  .keptCommand(entry)
  .then((kept) => (kept ? withPlaces(kept) : readTypeScript().then(() => entry)))
  .then((file) => import(url.pathToFileURL(file).href))
  .catch((error) => {
    var sentence = require('./left-out.cjs').withoutPlatform(error);
    if (sentence) {
      console.error(sentence);
      process.exit(1);
    }
    return readTypeScript()
      .then(() => import('./command-line/explain.ts'))
      .then(({ explain }) => {
        const { text, exitCode } = explain(error);
        console.error(text);
        process.exit(exitCode);
      });
  });

/** The stack of an error shows the lines of the sources. */
function withPlaces(file) {
  var folders = ['.local/commands', 'dist'].map((folder) => path.resolve(__dirname, '..', folder));
  require('./own-places.cjs').showOwnPlaces(folders);
  return file;
}

function readTypeScript() {
  return import('tsx/esm/api').then(
    (tsx) => tsx.register(),
    () => {
      if (needsNoPackage) {
        return;
      }
      console.error(require('./left-out.cjs').withoutDependencies());
      process.exit(1);
    },
  );
}
