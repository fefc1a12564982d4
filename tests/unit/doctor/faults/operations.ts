import * as z from 'zod';
import { goodJob } from '../evidence.ts';
import { live, policy, settings } from '../spoils.ts';

import { type Fault, tools } from './fault.ts';

export const operationsFaults: readonly Fault[] = [
  [
    'operations.first-connect',
    live('firstConnect', { milliseconds: 10_400, idleMinutes: 60 }),
    'fail',
    /took 10\.4 s; clients give up after 10 s/,
  ],
  ['operations.streaming', policy('global.xml', 'buffer-response="false"', ''), 'fail', /buffer-response/],
  [
    'operations.streaming-live',
    live('longJob', {
      progress: goodJob.progress.map(({ value }) => ({ at: 46_990, value })),
      endedAt: 47_000,
    }),
    'fail',
    /together with the result/,
  ],
  ['operations.streaming-live', live('longJob', { progress: [], endedAt: 47_000 }), 'fail', /No progress/],
  [
    'operations.progress',
    live('longJob', { progress: [{ at: 1, value: 1 }], endedAt: 9 }),
    'fail',
    /^1 report in /,
  ],
  ['operations.progress', live('longJob', { ...goodJob, endedAt: 90_000 }), 'warn', /heard for 45\.0 s/],
  [
    'operations.progress',
    live('longJob', { progress: [...goodJob.progress, { at: 46_000, value: 5 }], endedAt: 47_000 }),
    'fail',
    /do not always increase/,
  ],
  ['operations.typed', tools({ output: z.object({}) }), 'fail', /pay_invoice have no output schema/],
  [
    'operations.typed-live',
    live('tools', [{ name: 'get_products', typedInput: true, typedOutput: false }]),
    'fail',
    /get_products come without/,
  ],
  [
    'operations.telemetry',
    settings({ APPLICATIONINSIGHTS_CONNECTION_STRING: undefined }),
    'fail',
    /Nobody would see/,
  ],
  ['operations.trail-kept', settings({ AUDIT_DAYS: undefined }), 'warn', /kept for ever/],
  ['operations.trail-copied', settings({ TRAIL_COPIES: undefined }), 'warn', /can cut off the audit trail/],
  ['operations.log-level', settings({ LOG_LEVEL: 'debug' }), 'warn', /LOG_LEVEL is debug/],
  [
    'operations.storage-identity',
    settings({ DATA_STORAGE: 'UseDevelopmentStorage=true' }),
    'fail',
    /emulator/,
  ],
  [
    'operations.storage-identity',
    settings({ DATA_STORAGE: 'AccountName=a;AccountKey=k' }),
    'warn',
    /can leak/,
  ],
  ['operations.storage-identity', settings({ AzureWebJobsStorage: 'AccountKey=k' }), 'warn', /AzureWebJobs/],
];
