import type * as z from 'zod';
import type { ToolCall as PlatformCall, ToolDefinition } from '#platform/mcp/definitions/tool';
import type { Permission } from './access/permissions.ts';
import type { Customer, Invoice, Product, Subscription } from './rules/model.ts';
import type { CallPolicy } from './settings.ts';
import type { TenantStore } from './stores/tenant-store.ts';

/** What a handler of this business may use. */
export type ToolCall = PlatformCall<TenantStore, CallPolicy>;

/** What example calls are about. Each function gives another record at every call, so that no call profits from one before. */
export interface ExampleRecords {
  /** Somebody who has a subscription. */
  customer(): Customer;
  subscription(): Subscription;
  /** More than a dollar of it is outstanding. */
  openInvoice(): Invoice;
  /** Somebody whose account is locked. */
  lockedCustomer(): Customer;
  product(): Product;
  /** A plan that the subscription does not have. */
  otherProduct(than: Subscription): Product;
  /** A range of days for which usage is recorded, both `YYYY-MM-DD`. */
  days(): { readonly start_date: string; readonly end_date: string };
  /** An idempotency key that no other call has. */
  key(): string;
}

/** Keeps the types of one definition together, and its permission to one that exists; adds nothing at run time. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output, TenantStore, CallPolicy, ExampleRecords> & {
    readonly permission: Permission;
  },
): ToolDefinition<Input, Output, TenantStore, CallPolicy, ExampleRecords> {
  return definition;
}
