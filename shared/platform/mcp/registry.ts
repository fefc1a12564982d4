import type { CallToolResult, Tool } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { inputSchema, outputSchema } from '#platform/mcp/definitions/wire-schema';
import { type Permission, permissionsKey } from '../access/permissions.ts';
import type { AnyTool } from './definitions/tool.ts';
import type { Operation } from './pipeline/operation.ts';
import { toolOperation } from './tool-operation.ts';

/** A tool, and what follows from its definition: computed once per process, and no sooner than it is needed. */
export interface RegisteredTool {
  readonly definition: AnyTool;
  /** A call of it. */
  readonly operation: Operation<CallToolResult>;
  /** The definition as `tools/list` sends it. */
  readonly wire: Tool;
}

/**
 * The tools of one endpoint, in a fixed order. Built once per process: converting schemas to JSON Schema per
 * request would cost more than everything else that `tools/list` does.
 */
export class ToolRegistry {
  readonly #tools: readonly RegisteredTool[];
  readonly #byName: ReadonlyMap<string, RegisteredTool>;
  readonly #lists = new Map<string, readonly Tool[]>();

  constructor(definitions: readonly AnyTool[]) {
    this.#tools = definitions.map(register);
    this.#byName = new Map(this.#tools.map((tool) => [tool.definition.name, tool]));
    if (this.#byName.size !== definitions.length) {
      throw new Error('Two tools have the same name.');
    }
  }

  find(name: unknown): RegisteredTool | undefined {
    return typeof name === 'string' ? this.#byName.get(name) : undefined;
  }

  /** The tools that these permissions allow. Kept per set of permissions: there are as many sets as role combinations. */
  listFor(permissions: ReadonlySet<Permission>): readonly Tool[] {
    const key = permissionsKey(permissions);
    let list = this.#lists.get(key);
    if (list === undefined) {
      list = this.#tools
        .filter((tool) => permissions.has(tool.definition.permission))
        .map((tool) => tool.wire);
      this.#lists.set(key, list);
    }
    return list;
  }
}

function register(definition: AnyTool): RegisteredTool {
  const input: z.ZodObject =
    definition.confirmation === undefined
      ? definition.input
      : definition.input.safeExtend({ confirmation_code: code });
  let wire: Tool | undefined;
  return {
    definition,
    operation: toolOperation(definition, input),
    get wire() {
      wire ??= toWire(definition, input);
      return wire;
    },
  };
}

const code = z
  .string()
  .max(40)
  .optional()
  .describe('Only after a refusal that gave it, and only when the user agreed to what that refusal said.');

function toWire(tool: AnyTool, input: z.ZodObject): Tool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(input) as Tool['inputSchema'],
    outputSchema: outputSchema(tool.output) as Tool['inputSchema'],
    annotations: { ...tool.annotations },
  };
}
