import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { defineTool, readOnly } from '#platform/mcp/definitions/tool';

/** Calls of the slow tool: begun, and ended by its signal. */
export const slow = { begun: 0, aborted: 0 };

/** Runs until its call is cancelled. */
export const slowTool = defineTool({
  name: 'wait_forever',
  title: 'Wait',
  description: 'Waits until it is cancelled.',
  permission: 'customers.read',
  input: z.strictObject({}),
  output: z.object({}),
  annotations: readOnly,
  labels: unlabelled,
  handler: (_input, { signal }) => {
    slow.begun += 1;
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        slow.aborted += 1;
        reject(signal.reason);
      });
    });
  },
  summary: () => 'Waited.',
});

/** Runs long enough for what was left for a request before it began to reach it. */
export const secondTool = defineTool({
  name: 'wait_a_second',
  title: 'Wait',
  description: 'Waits a second.',
  permission: 'customers.read',
  input: z.strictObject({}),
  output: z.object({}),
  annotations: readOnly,
  labels: unlabelled,
  handler: async (_input, { signal }) => {
    await wait(1_000, undefined, { signal });
    return {};
  },
  summary: () => 'Waited.',
});
