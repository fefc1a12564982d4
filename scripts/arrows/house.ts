import { businessRooms } from './business-rooms.ts';
import { contoso, everyContosoRoom, everyPlatformRoom, platform } from './groups.ts';
import { platformRooms } from './platform-rooms.ts';
import type { Room } from './room.ts';

/** Businesses beside the one of this project, each by its folder in `shared/`. `npm run new` adds a line. */
const ownBusinesses: readonly string[] = [];
/** What a developer's command may use: all of the product, and what stands around it. */
const product = [
  ...everyPlatformRoom,
  ...everyContosoRoom,
  ...ownBusinesses,
  'shared/composition',
  'shared/app.ts',
  'shared/settings.ts',
  'shared/deployed.ts',
];
const command = { clock: true, environment: true } as const;
/** What every command may use. */
const lib = ['scripts/lib', 'scripts/command-line', 'scripts/terminal'];

/** A file is in the room with the longest path that its own begins with. */
export const house: Readonly<Record<string, Room>> = {
  functions: {
    purpose: 'one file a trigger; nothing but the adapter between host and app',
    imports: ['shared/app.ts', 'shared/composition', platform('http')],
    packages: ['@azure/functions', 'durable-functions'],
  },
  'shared/app.ts': {
    purpose: 'composition root: settings and business become the running app, once per process',
    imports: ['shared/composition', 'shared/settings.ts', 'shared/deployed.ts', platform('telemetry')],
  },
  'shared/settings.ts': {
    purpose: 'all settings, of the platform and of the business',
    imports: ['shared/deployed.ts', platform('settings.ts'), platform('settings')],
    environment: true,
  },
  'shared/deployed.ts': {
    purpose: 'names the business that is deployed',
    imports: [contoso('business.ts'), ...ownBusinesses],
  },
  ...Object.fromEntries(
    ownBusinesses.map((folder): [string, Room] => [
      folder,
      {
        purpose: 'a business of your own',
        imports: [...everyPlatformRoom, 'shared/composition'],
        packages: ['@azure/data-tables'],
      },
    ]),
  ),
  'shared/composition': {
    purpose: 'puts the parts of the platform together for a business that it is handed',
    imports: everyPlatformRoom,
  },

  ...businessRooms,
  ...platformRooms,
  cards: {
    purpose:
      'the pages that clients show beside answers, as they are written: for browsers, loaded by nothing here',
    imports: [
      platform('dates.ts'),
      platform('errors.ts'),
      platform('format-controls.ts'),
      contoso('rules'),
      contoso('tools'),
      contoso('diagnosis'),
      contoso('cards'),
      platform('experts'),
      platform('approvals'),
    ],
  },
  console: {
    purpose: 'a client in the browser, as it is written: for browsers, loaded by nothing here',
    imports: [],
  },
  examples: {
    purpose: 'other businesses on the same platform',
    imports: [...everyPlatformRoom, 'shared/composition', 'seed/local-data.ts'],
    packages: ['@azure/data-tables'],
  },
  'seed/local-data.ts': {
    purpose: 'what a developer’s machine has of a business',
    imports: [platform('storage')],
  },
  'seed/deployed.ts': {
    purpose: 'names it for the business that is deployed',
    imports: ['seed', 'seed/local-data.ts'],
  },
  seed: {
    purpose: 'the demo company and its scenarios; writes them',
    imports: [...product, 'seed/local-data.ts', 'gateway', 'scripts/terminal'],
    ...command,
  },
  gateway: {
    purpose: 'the policies’ language, generator, checks and deployer',
    imports: ['shared/deployed.ts', ...everyPlatformRoom, ...lib],
    ...command,
  },
  'emulators/host': {
    purpose: 'stands in for the Functions host and the durable engine',
    imports: [
      ...['group-by.ts', 'settings', 'storage'].map(platform),
      ...['emulators/lib', 'emulators/http', ...lib],
    ],
    packages: ['@azure/data-tables'],
    ...command,
  },
  'emulators/gateway': {
    purpose: 'stands in for API Management: runs the policies',
    imports: [
      ...['caching', 'identity'].map(platform),
      ...['emulators/host', 'emulators/lib', 'emulators/http', 'gateway', ...lib],
    ],
    packages: ['jose'],
    ...command,
  },
  'emulators/identity': {
    purpose: 'stands in for Entra ID',
    imports: [
      ...['identity', 'settings'].map(platform),
      ...['seed/deployed.ts', 'seed/local-data.ts'],
      ...['emulators/lib', 'emulators/http', 'gateway', ...lib],
    ],
    packages: ['jose'],
    ...command,
  },
  'emulators/stack': {
    purpose: 'starts all of it on one machine',
    imports: [
      ...product,
      ...['gateway', 'host', 'identity', 'lib', 'http'].map((one) => `emulators/${one}`),
      ...['gateway', 'seed', 'seed/deployed.ts', 'scripts/build', ...lib],
    ],
    ...command,
  },
  'emulators/http': { purpose: 'bodies and targets of requests', imports: [], ...command },
  'emulators/lib': { purpose: 'what stand-ins share', imports: [], ...command },
  'scripts/build': { purpose: 'compiles the product into dist/', imports: [...lib], ...command },
  'scripts/command-line': {
    purpose: 'how commands read their options and say what is wrong',
    imports: ['scripts/lib', 'scripts/terminal', platform('identity')],
    ...command,
  },
  'scripts/terminal': { purpose: 'what a person watches', imports: ['scripts/lib'], ...command },
  'scripts/lib': { purpose: 'what commands share', imports: [], ...command },
  scripts: {
    purpose: 'package, documents, client, trail, demo',
    imports: [
      ...product,
      ...['stack', 'identity', 'host', 'gateway', 'lib'].map((one) => `emulators/${one}`),
      ...['gateway', 'seed', 'scripts/build', ...lib],
    ],
    packages: ['jose'],
    ...command,
  },
  doctor: {
    purpose: 'asks a deployment what is wrong with it',
    imports: [...product, 'gateway', 'scripts', ...lib],
    packages: ['jose', 'openai'],
    ...command,
  },
  evals: {
    purpose: 'asks the experts questions and judges the answers',
    imports: [...product, 'seed', 'emulators/stack', ...lib],
    ...command,
  },
  bench: {
    purpose: 'measures',
    imports: [
      ...product,
      'seed',
      'gateway',
      'emulators/host',
      'emulators/identity',
      'emulators/stack',
      'scripts',
    ],
    packages: ['@azure/functions', '@azure/data-tables', 'jose'],
    ...command,
  },
};
