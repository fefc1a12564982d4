import type * as z from 'zod';
import type { ToolCall as PlatformCall, ToolDefinition } from '#platform/mcp/definitions/tool';
import type { Permission } from './access.ts';
import type { Policy } from './settings.ts';
import type { LibraryStore } from './store.ts';

/** What a handler of the library may use. */
export type ToolCall = PlatformCall<LibraryStore, Policy>;

/** Keeps the types of one tool together, and its permission to one that exists; adds nothing at run time. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output, LibraryStore, Policy> & { readonly permission: Permission },
): ToolDefinition<Input, Output, LibraryStore, Policy> {
  return definition;
}
