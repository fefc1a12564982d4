import * as z from 'zod';
import { ownText, unlabelled } from '#platform/mcp/definitions/labels';
import type { ResourceFamily } from '#platform/mcp/definitions/resource';
import { defineTool, readOnly } from '#platform/mcp/definitions/tool';
import type { TaskSource } from '#platform/mcp/tasks/ports';
import type { SessionMailbox } from '#platform/storage/session-mailbox';

export const greet = defineTool({
  name: 'greet',
  title: 'Greet',
  description: 'Greets.',
  permission: 'customers.read',
  input: z.strictObject({ word: z.string().optional(), loud: z.boolean().nullable().optional() }),
  output: z.object({ said: z.string() }),
  annotations: readOnly,
  labels: unlabelled,
  handler: async (input) => ({ said: JSON.stringify(input) }),
  summary: ({ said }) => said,
});

export const family: ResourceFamily = {
  name: 'knowledge',
  title: 'Documents',
  description: 'Documents.',
  scheme: 'knowledge',
  variable: 'slug',
  mimeType: 'text/markdown',
  permission: 'knowledge.read',
  list: async () => [{ key: 'refund-policy', title: 'Refunds', description: 'Refunds.' }],
  read: async () => ({ text: 'All about refunds.', labels: ownText }),
};

export const noTasks: TaskSource = {
  get: async () => undefined,
  cancel: async () => undefined,
  list: async () => [],
  watch: async function* () {},
};

/** Tells every request that it is not known, and every sender that somebody was told. */
export const mailbox: SessionMailbox = {
  open: async () => {},
  close: async () => {},
  post: async () => true,
  cancel: async () => true,
  take: async () => ({ messages: [], cancelled: false }),
  revoke: async () => {},
  isRevoked: async () => false,
  cleanUp: async () => 0,
};
