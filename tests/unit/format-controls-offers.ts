import * as z from 'zod';
import { offeredAt } from '#platform/access/offer';
import { promptCatalog } from '#platform/mcp/catalog/prompt-catalog';
import { resourceCatalog } from '#platform/mcp/catalog/resource-catalog';
import { ownText } from '#platform/mcp/definitions/labels';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import type { OperationRequest, RunOperation } from '#platform/mcp/operation-request';
import { everything } from './hidden-characters.ts';

/** Answers, whoever asks. */
const run: RunOperation = async (operation) => ({
  kind: 'done',
  result: await operation.run({}, {} as ToolCall),
});
const caller = {
  principal: { permissions: new Set(['knowledge.read']) },
  endpoint: 'mcp',
} as unknown as OperationRequest;
const described = { name: 'n', title: 'T', description: 'D', permission: 'knowledge.read' };

export async function resource(): Promise<unknown> {
  const entry = { key: 'k', title: everything, description: everything };
  const family = { ...described, scheme: 's', variable: 'v', mimeType: 'text/plain' };
  const served = resourceCatalog(
    offeredAt('mcp', [
      { ...family, list: async () => [entry], read: async () => ({ text: everything, labels: ownText }) },
    ]),
    run,
  );
  return [await served.list(caller), await served.read('s://k', caller)];
}

export async function prompt(): Promise<unknown> {
  const served = promptCatalog(
    offeredAt('mcp', [{ ...described, input: z.object({}), completions: {}, text: () => everything }]),
    run,
  );
  return await served.get('n', {}, caller);
}
