import { inputSchema } from '#platform/mcp/definitions/wire-schema';
import type { Permission } from '../access/permissions.ts';
import type { AnyTool } from '../mcp/definitions/tool.ts';
import type { ExpertDefinition } from './definition.ts';
import type { ToolSpec } from './ports.ts';

/** Converting a schema costs more than the rest of a call, and a tool's schema never changes. */
const specs = new WeakMap<AnyTool, ToolSpec>();

/** Those of `tools` that an expert may use for a caller: named by the expert and allowed to the caller. In the given order. */
export function toolsFor<Tool extends { readonly name: string; readonly permission: Permission }>(
  { tools: named }: ExpertDefinition,
  permissions: ReadonlySet<Permission>,
  tools: readonly Tool[],
): Tool[] {
  return tools.filter((tool) => named.includes(tool.name) && permissions.has(tool.permission));
}

/** A tool as models see it. */
export function toolSpec(tool: AnyTool): ToolSpec {
  const known = specs.get(tool);
  if (known !== undefined) {
    return known;
  }
  const schema = inputSchema(tool.input);
  // Idempotency keys are left out: a model might use one key for two calls that are both meant.
  delete schema.properties?.idempotency_key;
  const spec = {
    name: tool.name,
    description: tool.description,
    inputSchema: schema,
    ...(tool.progress !== undefined && { working: tool.progress }),
  };
  specs.set(tool, spec);
  return spec;
}
