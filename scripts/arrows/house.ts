/** What one room is for, and what it may import. Everything that is not said here is refused. */
export interface Room {
  /** In a few words. */
  readonly purpose: string;
  /** Rooms that its files may import from, types included; always its own, too. */
  readonly imports: readonly string[];
  /** Those of {@link heldPackages} that its files may import. */
  readonly packages?: readonly string[];
  /** Its files may ask the process for the time. */
  readonly clock?: true;
  /** Its files may read `process.env`. */
  readonly environment?: true;
  /** Its files may compare permissions. */
  readonly permissions?: true;
}

/** Packages that only some rooms may import: what a host or a service is reached with. Every other package is free. */
export const heldPackages: readonly string[] = [
  '@azure/functions',
  'durable-functions',
  '@azure/data-tables',
  'openai',
  'jose',
];

const platform = (name: string) => `shared/platform/${name}`;
const contoso = (name: string) => `shared/contoso/${name}`;

/** Below everything: no room of the platform is under these. */
const ground = [
  'errors.ts',
  'dates.ts',
  'counted.ts',
  'clock.ts',
  'format-controls.ts',
  'json',
  'http',
  'idempotency.ts',
].map(platform);
const records = [platform('caching'), platform('telemetry'), platform('identity'), platform('access')];
const services = [platform('storage'), platform('knowledge')];
const everyPlatformRoom = [
  ...ground,
  ...records,
  ...services,
  ...['mcp', 'jobs', 'experts', 'sign-in', 'settings', 'settings.ts', 'business.ts', 'offers.ts'].map(
    platform,
  ),
];
const everyContosoRoom = [
  ...['access', 'rules', 'stores', 'tools', 'prompts', 'resources', 'experts', 'diagnosis'],
  ...['define.ts', 'settings.ts', 'business.ts'],
].map(contoso);

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
    imports: ['shared/app.ts', 'shared/composition'],
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

  [contoso('business.ts')]: {
    purpose: 'the whole business as one value',
    imports: [...everyContosoRoom, platform('business.ts')],
  },
  [contoso('rules')]: {
    purpose: 'what the business knows: pure functions, no I/O, no clock',
    imports: ['errors.ts', 'dates.ts', 'counted.ts'].map(platform),
  },
  [contoso('access')]: {
    purpose: 'the one permission table',
    imports: [platform('access')],
    permissions: true,
  },
  [contoso('settings.ts')]: { purpose: 'settings of the business', imports: [platform('settings')] },
  [contoso('stores')]: {
    purpose: 'the records of the business in Table Storage',
    imports: [...ground, contoso('rules'), platform('caching'), platform('identity'), ...services],
    packages: ['@azure/data-tables'],
  },
  [contoso('define.ts')]: {
    purpose: 'a tool of this business',
    imports: [...['access', 'rules', 'settings.ts', 'stores'].map(contoso), platform('mcp')],
  },
  [contoso('tools')]: {
    purpose: 'the tools, a file each',
    imports: [
      ...ground,
      contoso('define.ts'),
      contoso('rules'),
      contoso('stores'),
      platform('mcp'),
      platform('storage'),
    ],
  },
  [contoso('prompts')]: {
    purpose: 'the prompts, a file each',
    imports: [contoso('tools'), contoso('stores'), platform('mcp')],
  },
  [contoso('resources')]: {
    purpose: 'the resources',
    imports: [...ground, contoso('stores'), platform('mcp')],
  },
  [contoso('experts')]: {
    purpose: 'the experts, a file each, and what they do without a language model',
    imports: [
      ...ground,
      contoso('access'),
      contoso('rules'),
      contoso('tools'),
      platform('experts'),
      platform('knowledge'),
    ],
  },
  [contoso('diagnosis')]: {
    purpose: 'the troubleshooting of a device, in nine steps',
    imports: [
      ...ground,
      ...['define.ts', 'rules', 'stores', 'tools'].map(contoso),
      ...['identity', 'jobs', 'mcp', 'storage'].map(platform),
    ],
  },

  [platform('errors.ts')]: { purpose: 'failures that a caller may be told of', imports: [] },
  [platform('dates.ts')]: { purpose: 'days as text', imports: [] },
  [platform('counted.ts')]: { purpose: 'numbers with what they count', imports: [] },
  [platform('format-controls.ts')]: {
    purpose: 'characters that change how a text is read: refused or made visible',
    imports: [],
  },
  [platform('clock.ts')]: { purpose: 'the only place that asks for the time', imports: [], clock: true },
  [platform('json')]: { purpose: 'JSON that may come from anybody', imports: [platform('errors.ts')] },
  [platform('http')]: { purpose: 'bodies and ids of requests', imports: [] },
  [platform('idempotency.ts')]: {
    purpose: 'tells a repetition from another call under the same key',
    imports: [platform('errors.ts'), platform('json')],
  },
  [platform('caching')]: { purpose: 'what is kept in memory', imports: ground },
  [platform('telemetry')]: { purpose: 'log, traces, metrics', imports: [...ground, platform('caching')] },
  [platform('access')]: {
    purpose: 'permissions, roles, the audit trail',
    imports: [...ground, platform('identity'), platform('access/exposure.ts')],
  },
  [platform('access/exposure.ts')]: {
    purpose: 'what a caller sees and may call',
    imports: [platform('identity'), platform('access')],
    permissions: true,
  },
  [platform('identity')]: {
    purpose: 'who calls',
    imports: [...ground, platform('access'), platform('caching'), platform('telemetry')],
    packages: ['jose'],
  },
  [platform('storage')]: {
    purpose: 'tables, transactions, counters, cursors',
    imports: [...ground, ...records],
    packages: ['@azure/data-tables'],
  },
  [platform('knowledge')]: {
    purpose: 'search in documents',
    imports: [...ground, platform('caching'), platform('telemetry'), platform('storage')],
  },
  [platform('settings')]: {
    purpose: 'reads and checks single settings',
    imports: [...ground, ...records, platform('experts'), platform('sign-in')],
  },
  [platform('settings.ts')]: {
    purpose: 'settings that every business has',
    imports: [platform('settings'), ...records, platform('experts'), platform('sign-in')],
  },
  [platform('business.ts')]: {
    purpose: 'what a business hands to the platform',
    imports: everyPlatformRoom,
  },
  [platform('offers.ts')]: {
    purpose: 'where everything of a business is offered',
    imports: everyPlatformRoom,
  },
  [platform('jobs')]: {
    purpose: 'long work on the durable engine',
    imports: [...ground, ...records, ...services],
    packages: ['@azure/data-tables'],
  },
  [platform('mcp')]: {
    purpose: 'endpoint, sessions, tasks, the pipeline of a call',
    imports: [...ground, ...records, ...services, platform('jobs')],
  },
  [platform('sign-in')]: {
    purpose: 'how people without a token come to one',
    imports: [...ground, ...records, ...services],
    packages: ['jose'],
  },
  [platform('experts')]: {
    purpose: 'the loop of an expert, models, conversations',
    imports: [...ground, ...records, ...services, platform('mcp')],
    packages: ['@azure/data-tables', 'openai'],
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
    imports: [platform('settings'), 'emulators/lib', 'emulators/http', ...lib],
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
    imports: ['scripts/lib', 'scripts/terminal'],
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
    imports: [...product, 'gateway', ...lib],
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
