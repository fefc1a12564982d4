import type { CallToolResult, Tool } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { inputSchema, outputSchema } from '#platform/mcp/definitions/wire-schema';
import { exposureOf, openTo, type Viewer } from '../access/exposure.ts';
import type { Offer } from '../access/offer.ts';
import { fingerprintOf } from '../json/fingerprint.ts';
import { type AnyTool, namesOf } from './definitions/tool.ts';
import type { Operation } from './pipeline/operation.ts';
import { readyDefinitions } from './ready-definitions.ts';
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

  /** @throws Error when two tools answer to the same name */
  constructor(offers: readonly Offer<AnyTool>[]) {
    const registered = offers.map((offer) => [offer, register(offer)] as const);
    this.#tools = registered.map(([, tool]) => tool);
    this.#byName = byName(registered);
  }

  /** The tool of that name; by a former name, its operation says so. */
  find(name: unknown): RegisteredTool | undefined {
    return typeof name === 'string' ? this.#byName.get(name) : undefined;
  }

  /** The tools that the viewer may use. */
  openTo(viewer: Viewer): readonly RegisteredTool[] {
    return openTo(this.#tools, viewer);
  }

  /** Those, and what is switched off for the viewer, a call of which is refused in words that say so. */
  knownTo(viewer: Viewer): readonly RegisteredTool[] {
    return this.#tools.filter((tool) => ['open', 'off'].includes(exposureOf(tool, viewer)));
  }

  /** Those that are open, as `tools/list` sends them. */
  listFor(viewer: Viewer): readonly Tool[] {
    return this.openTo(viewer).map(({ wire }) => wire);
  }
}

function byName(
  registered: readonly (readonly [Offer<AnyTool>, RegisteredTool])[],
): ReadonlyMap<string, RegisteredTool> {
  const found = new Map<string, RegisteredTool>();
  for (const [offer, tool] of registered) {
    for (const name of namesOf(tool.thing)) {
      const other = found.get(name);
      if (other !== undefined) {
        throw new Error(
          `The name ${name} is that of two tools, ${other.thing.name} and ${tool.thing.name}: a name, present or former, belongs to one.`,
        );
      }
      found.set(name, name === tool.thing.name ? tool : register(offer, name));
    }
  }
  return found;
}

/** @param calledAs a former name: calls that come by it say so on record */
function register(offer: Offer<AnyTool>, calledAs?: string): RegisteredTool {
  const definition = offer.thing;
  const input: z.ZodObject =
    definition.confirmation === undefined
      ? definition.input
      : definition.input.safeExtend({ confirmation_code: code });
  let wire: Tool | undefined;
  return {
    ...offer,
    operation: { ...toolOperation(offer, input), ...(calledAs !== undefined && { calledAs }) },
    get wire() {
      wire ??= readyDefinitions.get(definition.name) ?? toWire(definition, input);
      return wire;
    },
  };
}

const code = z
  .string()
  .max(40)
  .optional()
  .describe('Only after a refusal that gave it, and only when the user agreed to what that refusal said.');

/**
 * With a fingerprint of all the rest, in `_meta` (MCP, "General fields"): whoever approved the tool sees when it is not what it
 * was. What a revision of the protocol adds to an entry, such as `execution`, is not part of it.
 */
function toWire(tool: AnyTool, input: z.ZodObject): Tool {
  const definition = {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(input) as Tool['inputSchema'],
    outputSchema: outputSchema(tool.output) as Tool['inputSchema'],
    annotations: { ...tool.annotations },
  };
  return { ...definition, _meta: { fingerprint: fingerprintOf(definition) } };
}
