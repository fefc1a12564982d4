import * as z from 'zod';
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
