// Runs a script with what V8 made of it before: most of the time that a process takes to start is the reading of its text, and
// many processes start in a run.
'use strict';
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const vm = require('node:vm');

/** What was run: the file in which it is kept, and the script. */
const scripts = [];

/**
 * @param {string} file absolute path of the body of a function
 * @returns what it returns
 */
function run(file) {
  const cache = `${file}.cache`;
  const script = new vm.Script(`(function (require, load) {${readFileSync(file, 'utf8')}})`, {
    filename: file,
    ...(existsSync(cache) && { cachedData: readFileSync(cache) }),
  });
  scripts.push([cache, script]);
  return script.runInThisContext()(createRequire(file), (url) => import(url));
}

module.exports = { run };

if (require.main === module) {
  const [file] = process.argv.splice(2, 1);
  process.argv[1] = file;
  process.on('message', (message) => {
    if (message === 'keep') {
      for (const [cache, script] of scripts) {
        // at once: others start meanwhile
        const other = `${cache}.${process.pid}`;
        writeFileSync(other, script.createCachedData());
        renameSync(other, cache);
      }
      process.send('kept');
    }
  });
  run(file).catch((error) => {
    console.error(error);
    process.exit(1);
  });
}
