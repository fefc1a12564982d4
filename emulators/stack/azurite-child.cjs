// Azurite's table service in a process of its own. It ends with its parent, however the parent ends, and saves first.
// JavaScript, so that it starts without a compiler.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { configLogger } = require('azurite/dist/src/common/Logger');
const TableConfiguration = require('azurite/dist/src/table/TableConfiguration').default;
const TableServer = require('azurite/dist/src/table/TableServer').default;
const { DEFAULT_TABLE_LOKI_DB_PATH } = require('azurite/dist/src/table/utils/constants');

const { dir, port, copyOf } = JSON.parse(process.argv[2]);
const inMemory = dir === undefined;
const file = inMemory ? undefined : path.join(dir, DEFAULT_TABLE_LOKI_DB_PATH);
if (file !== undefined && copyOf !== undefined && !fs.existsSync(file)) {
  fs.copyFileSync(copyOf, file);
}

configLogger(false);
// The arguments are positional; those left undefined keep the package's defaults.
const server = new TableServer(
  new TableConfiguration(
    '127.0.0.1',
    port,
    undefined, // keep-alive timeout
    file,
    false, // debug log
    false, // access log
    undefined, // where the access log goes
    undefined, // where the debug log goes
    false, // loose
    true, // skip the check of the API version: the client library may be newer than this Azurite
    undefined, // certificate
    undefined, // key
    undefined, // password
    undefined, // OAuth
    false, // product-style URLs
    inMemory,
  ),
);

/** Each save writes all that there is: with the package's five seconds, a stack that nobody uses was busy with it. */
const saveMilliseconds = 30_000;
if (!inMemory) {
  const { db } = server.metadataStore;
  db.autosaveDisable();
  db.autosaveInterval = saveMilliseconds;
  db.autosaveEnable();
}

const closeMilliseconds = 4_000;
let isClosing = false;

/** Saves and ends; by force when that does not work or takes too long. */
function close() {
  if (isClosing) {
    return;
  }
  isClosing = true;
  setTimeout(() => process.exit(1), closeMilliseconds).unref();
  server.close().then(
    () => process.connected && process.disconnect(),
    () => process.exit(1),
  );
}

// Ctrl+C reaches every process of the terminal at once; the parent still needs storage while it drains.
process.on('SIGINT', () => {});
process.on('SIGTERM', close);
process.on('disconnect', close);
process.on('message', (message) => {
  if (message === 'shutdown') {
    close();
  } else if (message.keep !== undefined) {
    keep(message.keep);
  }
});

/** Writes all that it has into a file, beside the old one and then renamed. */
function keep(file) {
  const beside = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(beside, server.metadataStore.db.serialize());
    fs.renameSync(beside, file);
    process.send({ kept: true });
  } catch (error) {
    process.send({ kept: false, message: error.message });
  }
}

server.start().then(
  () => {
    if (inMemory && copyOf !== undefined) {
      server.metadataStore.db.loadJSON(fs.readFileSync(copyOf, 'utf8'));
    }
    listening();
  },
  (error) => process.send({ code: error.code, message: error.message }, () => process.exit(1)),
);

function listening() {
  // The callback takes the error of a parent that is gone; the channel's end is told as well.
  process.send({ port: Number(new URL(server.getHttpServerAddress()).port) }, () => {});
}
