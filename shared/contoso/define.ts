import type * as z from 'zod';
import type { ToolCall as PlatformCall, ToolDefinition } from '#platform/mcp/definitions/tool';
import type { Permission } from './access/permissions.ts';
import type { CallPolicy } from './settings.ts';
import type { TenantStore } from './stores/tenant-store.ts';

/** What a handler of this business may use. */
export type ToolCall = PlatformCall<TenantStore, CallPolicy>;

/** Keeps the types of one definition together, and its permission to one that exists; adds nothing at run time. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output, TenantStore, CallPolicy> & { readonly permission: Permission },
): ToolDefinition<Input, Output, TenantStore, CallPolicy> {
  return definition;
}
