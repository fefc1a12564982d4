import { everyPlatformRoom, ground, platform, records, services } from './groups.ts';
import type { Room } from './room.ts';

/** The rooms of the platform, from the ground up. */
export const platformRooms: Readonly<Record<string, Room>> = {
  [platform('errors.ts')]: { purpose: 'failures that a caller may be told of', imports: [] },
  [platform('dates.ts')]: { purpose: 'days as text', imports: [] },
  [platform('counted.ts')]: { purpose: 'numbers with what they count', imports: [] },
  [platform('group-by.ts')]: { purpose: 'puts together what has the same key', imports: [] },
  [platform('in-time.ts')]: { purpose: 'work that is waited for so long and no longer', imports: [] },
  [platform('format-controls.ts')]: {
    purpose: 'characters that change how a text is read: refused or made visible',
    imports: [],
  },
  [platform('key-ring.ts')]: { purpose: 'secrets of which one is being replaced', imports: [] },
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
  [platform('downstream')]: {
    purpose: 'tokens of a user for other services',
    imports: [...ground, ...records],
    packages: ['@azure/identity', 'jose'],
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
    imports: [...ground, ...records, platform('downstream'), platform('experts'), platform('sign-in')],
  },
  [platform('settings.ts')]: {
    purpose: 'settings that every business has',
    imports: [
      platform('settings'),
      ...records,
      platform('downstream'),
      platform('experts'),
      platform('sign-in'),
    ],
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
  [platform('approvals')]: {
    purpose: 'what waits for a second person',
    imports: [...ground, ...records, ...services, platform('jobs'), platform('mcp')],
    packages: ['@azure/data-tables'],
  },
  [platform('overviews')]: {
    purpose: 'what pages list of the service itself: jobs, requests, the trail',
    imports: [...ground, ...records, ...services, ...['jobs', 'mcp', 'approvals'].map(platform)],
  },
  [platform('sign-in')]: {
    purpose: 'how people without a token come to one',
    imports: [...ground, ...records, ...services],
    packages: ['jose'],
  },
  [platform('console')]: {
    purpose: 'serves the console',
    imports: [platform('mcp'), platform('sign-in')],
  },
  [platform('experts')]: {
    purpose: 'the loop of an expert, models, conversations',
    imports: [...ground, ...records, ...services, platform('jobs'), platform('mcp')],
    packages: ['@azure/data-tables', 'openai'],
  },
};
