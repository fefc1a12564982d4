import { expect } from 'vitest';
import type * as z from 'zod';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import type { AccountPart, AccountStore, TenantStore } from '#contoso/stores/tenant-store';
import { BusinessError, InvalidInput } from '#platform/errors';
import type { ToolDefinition } from '#platform/mcp/definitions/tool';
import { countRoundTrips } from '#platform/storage/round-trips';
import { bulkWrite } from '#seed/writing/bulk';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallDataset, smallNow } from '../../support/small-dataset.ts';

import { callOn } from './tool-calls.ts';

/** What a tool call may cost on a store that is warm. */
const mostRoundTrips = 3;
/** The same for one that changes by what a customer is found: a mark before it, the index after it. */
export const mostWithIndex = mostRoundTrips + 6;

const everyPart: readonly AccountPart[] = [
  'profile',
  'subscription',
  'invoice',
  'payment',
  'order',
  'ticket',
  'securityEvent',
  'incident',
];

/** The small company in storage, and its tools. */
export interface Company {
  readonly store: TenantStore;
  /**
   * Calls a tool and checks what holds for every call: the result fits its schema, the cost is bounded.
   * @param most round trips
   */
  ask<Input extends z.ZodObject, Output extends z.ZodObject>(
    tool: ToolDefinition<Input, Output>,
    args: unknown,
    most?: number,
  ): Promise<z.output<Output>>;
  /** Like `ask`, for calls that get into each other's way and may have to start again. */
  askInCrowd<Input extends z.ZodObject, Output extends z.ZodObject>(
    tool: ToolDefinition<Input, Output>,
    args: unknown,
  ): Promise<z.output<Output>>;
  /** Calls a tool that must refuse, and checks that it says so in one sentence and wrote nothing. */
  refusal(tool: ToolDefinition, args: unknown): Promise<BusinessError>;
  /** The same company as another of its users sees it. */
  as(user: string): Company;
  /** Every record of every customer, with its ETag: different after any write. */
  contents(): Promise<unknown>;
}

/** A tenant of its own, freshly loaded; nothing but the catalog and ids are cached. */
export async function openCompany(): Promise<Company> {
  const storage = await testStorage();
  const tenant = freshTenant();
  await bulkWrite(storage, tenant, smallDataset);
  const store = openTenantStore(storage, tenant, () => smallNow);
  await store.warm();
  return companyOn(store);
}

/** The same company over a store that misbehaves. */
export function companyWith(company: Company, accounts: Partial<AccountStore>): Company {
  const { store } = company;
  return companyOn({ ...store, accounts: { ...store.accounts, ...accounts } });
}

function companyOn(store: TenantStore, user = 'directory:somebody'): Company {
  const contents = () =>
    Promise.all(smallDataset.customers.map(({ customer_id }) => store.accounts.load(customer_id, everyPart)));
  const company: Company = {
    store,
    contents,
    as: (other) => companyOn(store, other),
    async ask(tool, args, most = mostRoundTrips) {
      const { result, count } = await countRoundTrips(() => company.askInCrowd(tool, args));
      expect(count).toBeLessThanOrEqual(most);
      return result;
    },
    async askInCrowd(tool, args) {
      const raw = await tool.handler(checkInput(tool.input, args), callOn(store, user));
      const result = tool.output.parse(raw);
      expect(raw, 'the schema tells all fields of the result').toEqual(result);
      expect(tool.summary(result)).toMatch(/^[^\n]+\.$/);
      return result;
    },
    async refusal(tool, args) {
      const before = await contents();
      const error = await company.ask(tool, args).then(
        () => expect.fail(`${tool.name} accepted ${JSON.stringify(args)}`),
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(BusinessError);
      expect(await contents()).toEqual(before);
      return error as BusinessError;
    },
  };
  return company;
}

function checkInput<Input extends z.ZodObject>(schema: Input, args: unknown): z.output<Input> {
  const { success, data, error } = schema.safeParse(args);
  if (!success) {
    throw new InvalidInput(
      error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '),
    );
  }
  return data;
}
