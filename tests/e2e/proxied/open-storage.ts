import { openStorage } from '#platform/storage/connect';

// Asks the storage of the command line for its tables, in a process that only the environment tells of a proxy.
const storage = await openStorage({ dataStorage: process.argv[2] ?? '' });
await storage.ping();
console.log('Storage answers.');
