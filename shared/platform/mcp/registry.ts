import type { CallToolResult, Tool } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { inputSchema, outputSchema } from '#platform/mcp/definitions/wire-schema';
import { type Offer, openTo, type Viewer } from '../access/exposure.ts';
import type { AnyTool } from './definitions/tool.ts';
import type { Operation } from './pipeline/operation.ts';
import { toolOperation } from './tool-operation.ts';

/** A tool, and what follows from its definition: computed once per process, and no sooner than it is needed. */
export interface RegisteredTool extends Offer<AnyTool> {
  /** A call of it. */
  readonly operation: Operation<CallToolResult>;
  /** The definition as `tools/list` sends it. */
  readonly wire: Tool;
}

/**
 * Tools that are offered, in a fixed order. Built once per process: converting schemas to JSON Schema per
 * request would cost more than everything else that `tools/list` does.
 */
export class ToolRegistry {
  readonly #tools: readonly RegisteredTool[];
  readonly #byName: ReadonlyMap<string, RegisteredTool>;

  constructor(offers: readonly Offer<AnyTool>[]) {
    this.#tools = offers.map(register);
    this.#byName = new Map(this.#tools.map((tool) => [tool.thing.name, tool]));
    if (this.#byName.size !== offers.length) {
      throw new Error('Two tools have the same name.');
    }
  }

  find(name: unknown): RegisteredTool | undefined {
    return typeof name === 'string' ? this.#byName.get(name) : undefined;
  }

  /** The tools that the viewer may use. */
  openTo(viewer: Viewer): readonly RegisteredTool[] {
    return openTo(this.#tools, viewer);
  }

  /** The same, as `tools/list` sends them. */
  listFor(viewer: Viewer): readonly Tool[] {
    return this.openTo(viewer).map(({ wire }) => wire);
  }
}

function register(offer: Offer<AnyTool>): RegisteredTool {
  const { thing: definition } = offer;
  const input: z.ZodObject =
    definition.confirmation === undefined
      ? definition.input
      : definition.input.safeExtend({ confirmation_code: code });
  let wire: Tool | undefined;
  return {
    ...offer,
    operation: toolOperation(offer, input),
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
