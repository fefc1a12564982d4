import { inputSchema } from '#platform/mcp/definitions/wire-schema';
import { type AnyTool, mostConfidentialOf } from '../mcp/definitions/tool.ts';
import type { ToolSpec } from './ports.ts';

/** Converting a schema costs more than the rest of a call, and a tool's schema never changes. */
const specs = new WeakMap<AnyTool, ToolSpec>();

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
    ...(tool.formerNames !== undefined && { formerNames: tool.formerNames }),
    description: tool.description,
    inputSchema: schema,
    maxAllowedConfidentiality: mostConfidentialOf(tool),
    ...(tool.progress !== undefined && { working: tool.progress }),
  };
  specs.set(tool, spec);
  return spec;
}
