/** A room of the platform. */
export const platform = (name: string) => `shared/platform/${name}`;
/** A room of the business. */
export const contoso = (name: string) => `shared/contoso/${name}`;

/** Below everything: no room of the platform is under these. */
export const ground = [
  'errors.ts',
  'dates.ts',
  'counted.ts',
  'group-by.ts',
  'in-time.ts',
  'clock.ts',
  'format-controls.ts',
  'key-ring.ts',
  'json',
  'http',
  'idempotency.ts',
].map(platform);
/** What knows who calls, and tells what was done. */
export const records = [platform('caching'), platform('telemetry'), platform('identity'), platform('access')];
/** Where things are kept and found. */
export const services = [platform('storage'), platform('knowledge')];
export const everyPlatformRoom = [
  ...ground,
  ...records,
  ...services,
  ...[
    'mcp',
    'jobs',
    'approvals',
    'overviews',
    'experts',
    'sign-in',
    'console',
    'downstream',
    'settings',
    'settings.ts',
    'business.ts',
    'offers.ts',
  ].map(platform),
];
export const everyContosoRoom = [
  ...[
    'access',
    'rules',
    'stores',
    'tools',
    'prompts',
    'resources',
    'procedures',
    'cards',
    'experts',
    'diagnosis',
  ],
  ...['define.ts', 'labels.ts', 'settings.ts', 'business.ts', 'trial.ts'],
].map(contoso);
