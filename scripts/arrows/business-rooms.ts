import { contoso, everyContosoRoom, ground, platform, services } from './groups.ts';
import type { Room } from './room.ts';

/** The rooms of the business. */
export const businessRooms: Readonly<Record<string, Room>> = {
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
  [contoso('trial.ts')]: {
    purpose: 'what the doctor may try on a deployment',
    imports: [platform('business.ts')],
  },
  [contoso('stores')]: {
    purpose: 'the records of the business in Table Storage',
    imports: [...ground, contoso('rules'), platform('caching'), platform('identity'), ...services],
    packages: ['@azure/data-tables'],
  },
  [contoso('define.ts')]: {
    purpose: 'a tool of this business',
    imports: [...['access', 'rules', 'settings.ts', 'stores'].map(contoso), platform('mcp')],
  },
  [contoso('labels.ts')]: {
    purpose: 'how far results can be relied on, and who may see them',
    imports: [contoso('rules'), platform('mcp')],
  },
  [contoso('tools')]: {
    purpose: 'the tools, a file each',
    imports: [
      ...ground,
      contoso('define.ts'),
      contoso('labels.ts'),
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
    imports: [...ground, contoso('labels.ts'), contoso('stores'), platform('mcp')],
  },
  [contoso('procedures')]: {
    purpose: 'how matters are gone about, written once for experts, plans and the models of clients',
    imports: [contoso('access'), platform('mcp')],
  },
  [contoso('cards')]: {
    purpose: 'what clients can show beside answers, the pages as they are served, and what they alone call',
    imports: [
      platform('errors.ts'),
      platform('mcp'),
      ...['define.ts', 'labels.ts', 'resources', 'rules'].map(contoso),
    ],
  },
  [contoso('experts')]: {
    purpose: 'the experts, a file each, and what they do without a language model',
    imports: [
      ...ground,
      contoso('access'),
      contoso('procedures'),
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
      ...['define.ts', 'labels.ts', 'rules', 'stores', 'tools'].map(contoso),
      ...['identity', 'jobs', 'mcp', 'storage'].map(platform),
    ],
  },
};
