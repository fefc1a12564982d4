import { endpointOfExpert } from '../../access/offer.ts';
import type { ToolCall } from '../../mcp/definitions/tool.ts';
import type { OperationRequest, RunOperation } from '../../mcp/operation-request.ts';
import type { Answer } from '../../mcp/pipeline/answer.ts';
import type { ToolRegistry } from '../../mcp/registry.ts';
import type { ToolResult } from '../../mcp/tool-answer.ts';
import type { ProposedAction } from '../ports.ts';

/** What changes are made with. */
export interface Means {
  readonly run: RunOperation;
  /** Everything that an expert may propose. */
  readonly registry: ToolRegistry;
}

/** Runs a change as the expert's call, with whatever the person has answered. */
export async function carryOut(
  { tool, domain, arguments: args, wish }: ProposedAction,
  request: OperationRequest,
  { run, registry }: Means,
): Promise<Answer<ToolResult>> {
  const found = registry.find(tool);
  return found === undefined
    ? { kind: 'failed', code: 'not_found', sentence: 'There is no such tool any more.' }
    : await run(found.operation, {
        ...request,
        by: 'expert',
        endpoint: endpointOfExpert(domain),
        arguments: args,
        ...(wish !== undefined && { wish }),
      });
}

/** Whether somebody has made that change already; looks, and makes none. */
export async function wasCarriedOut(
  { tool, arguments: args }: ProposedAction,
  call: ToolCall,
  { registry }: Pick<Means, 'registry'>,
): Promise<boolean> {
  const found = registry.find(tool);
  const { data } = found?.operation.input.safeParse(args) ?? {};
  // a call of its own: what is read ahead for one is not for another
  return data !== undefined && (await found?.thing.isRepetition?.(data, { ...call })) === true;
}
