import * as z from 'zod';
import { AuditTrail } from '#platform/access/audit';
import { offeredAt } from '#platform/access/offer';
import { NotFound } from '#platform/errors';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { type AnyTool, defineTool, readOnly, type ToolDefinition } from '#platform/mcp/definitions/tool';
import { confirmationStates } from '#platform/mcp/dialogue';
import type { Endpoint } from '#platform/mcp/endpoint';
import type { ServerExtension } from '#platform/mcp/surface';
import { toolSurface } from '#platform/mcp/tool-surface';
import { createLogger } from '#platform/telemetry/log';
import { endpointOver } from '../endpoint-under-test.ts';

const signingKey = 'k'.repeat(32);
const input = z.strictObject({
  word: z.string().max(20).optional(),
  count: z.int().min(1).max(9).default(3),
  list: z.array(z.enum(['one', 'two'])).optional(),
});
const output = z.object({
  said: z.string(),
  count: z.number().optional(),
  list: z.array(z.string()).optional(),
});
type Tool = ToolDefinition<typeof input, typeof output>;

function tool(name: string, handler: Tool['handler'], more: Partial<Tool> = {}): AnyTool {
  return defineTool({
    name,
    title: name,
    description: `${name}.`,
    permission: 'customers.read',
    input,
    output,
    annotations: readOnly,
    labels: unlabelled,
    handler,
    summary: ({ said }) => said,
    ...more,
  });
}

const changes = { ...readOnly, readOnlyHint: false };

export const tools = [
  tool('echo', async ({ word = '', count, list }) => ({ said: word, count, ...(list && { list }) }), {
    formerNames: ['repeat'],
  }),
  tool('labelled', async () => ({ said: 'all' }), {
    labels: { integrity: 'trusted', confidentiality: 'public' },
  }),
  tool('odd', async () => ({ said: '"\\\u0000\u202e\u2028\ud83d\ude00\ud800\n</script>' })),
  tool('more', async () => ({ said: 'told', secret: 'not declared' }) as { said: string }),
  tool('wrong', async () => ({ said: 7 }) as unknown as { said: string }),
  tool('missing', async () => {
    throw new NotFound('There is no such thing; look elsewhere.');
  }),
  tool('broken', async () => {
    throw new Error('password=hunter2 at row 7');
  }),
  tool('guarded', async () => ({ said: 'opened' }), { permission: 'security.write' }),
  tool('tells', async (_input, { progress }) => {
    progress(1, 2, 'half');
    return { said: 'whole' };
  }),
  tool('changes', async () => ({ said: 'changed' }), { annotations: changes }),
  tool('asks', async () => ({ said: 'agreed' }), {
    annotations: changes,
    confirmation: () => 'It changes something.',
  }),
];

/** An endpoint, and what it has on record. */
export interface Observed {
  readonly endpoint: Endpoint;
  /** What was recorded since the last time. */
  recorded(): Promise<readonly unknown[]>;
  /** How many server objects the protocol layer made. */
  servers(): number;
}

/** @param extension with one that may have a say in calls, the protocol layer answers all of them */
export function observed(extension: ServerExtension): Observed {
  let records: unknown[] = [];
  let servers = 0;
  const trail = new AuditTrail({ write: async (entries) => void records.push(...entries) }, () => {});
  const logger = createLogger(
    'debug',
    () => new Date(0),
    (line) => records.push(JSON.parse(line)),
  );
  const surface = toolSurface({
    endpoint: 'mcp',
    info: { name: 'test', version: '1' },
    instructions: 'Test.',
    tools: offeredAt('mcp', tools),
    extensions: [extension],
    resources: () => ({ usedNonces: { use: async () => true } }) as never,
    policy: {},
    trail,
    signingKeys: [signingKey],
    states: confirmationStates([signingKey]),
    now: () => new Date(0),
    logger,
  });
  const counted = Object.defineProperty({ ...surface }, 'instructions', {
    get: () => {
      servers += 1;
      return 'Test.';
    },
  });
  const endpoint = endpointOver(counted, logger, ({ tool: name, reason }) => records.push({ name, reason }));
  return {
    endpoint,
    servers: () => servers,
    async recorded() {
      await trail.flush();
      const found = records;
      records = [];
      return found;
    },
  };
}
