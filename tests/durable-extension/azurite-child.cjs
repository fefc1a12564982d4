// Azurite with its three services in memory, in a process that ends with its parent, however the parent ends.
'use strict';
process.on('disconnect', () => process.exit());
process.argv.push('--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry');
require('azurite/dist/src/azurite');
