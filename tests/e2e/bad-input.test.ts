import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataTables } from '#contoso/stores/tables';
import { businessTools } from '#contoso/tools/index';
import { tableName } from '#platform/storage/tables';
import { createLogger } from '#platform/telemetry/log';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { type App, createApp } from '../../shared/app.ts';
import { readSettings } from '../../shared/settings.ts';
import { freshTenant, testStorage } from '../support/azurite.ts';
import { environment, type TestTenant, tokenFor } from '../support/service.ts';
import { smallDataset } from '../support/small-dataset.ts';

let app: App;
let tenant: TestTenant;

beforeAll(async () => {
  const slug = freshTenant();
  tenant = { slug, tid: 'a0000000-0000-4000-8000-00000000000a', data: smallDataset };
  await bulkWrite(await testStorage(), slug, smallDataset);
  const settings = readSettings({ ...environment([tenant]), AZURE_FUNCTIONS_ENVIRONMENT: 'Development' });
  const silent = createLogger(
    'error',
    () => new Date(),
    () => {},
  );
  app = await createApp({ settings, logger: silent });
});

interface Answer {
  readonly status: number;
  readonly message: {
    readonly result?: { readonly isError?: boolean; readonly content: readonly { readonly text: string }[] };
    readonly error?: { readonly code: number; readonly message: string };
  };
}

async function call(name: string, args: unknown): Promise<Answer> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name,
      arguments: args,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
  const response = await app.mcp(
    new Request('http://localhost:7071/mcp', {
      method: 'POST',
      headers: {
        host: 'localhost:7071',
        authorization: `Bearer ${tokenFor(tenant, ['security'])}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': name,
      },
      body,
    }),
  );
  return { status: response.status, message: (await response.json()) as Answer['message'] };
}

/** Every row of the tenant with its ETag: any write at all changes it. Id blocks that a process reserves do not count. */
async function stateOfStorage(): Promise<string> {
  const storage = await testStorage();
  const rows: string[] = [];
  for (const table of dataTables.filter((name) => name !== 'Counters')) {
    for await (const page of storage.table(tableName(tenant.slug, table)).pages({})) {
      for (const row of page.rows) {
        rows.push(`${table} ${row.partitionKey} ${row.rowKey} ${row.etag}`);
      }
    }
  }
  return rows.join('\n');
}

/** Arguments that are nearly right: the tool's own field names with values of all kinds. */
const nearlyRight = (fields: readonly string[]) => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.integer(),
    fc.constantFrom(-1, 0, 1.5, 1e15, "1' or '1'='1", '2026-02-30', '\u0000', '%27', 'null', '../../x', '🦄'),
  );
  return fc.dictionary(fc.constantFrom(...fields, '__proto__', 'tenant'), value, { maxKeys: 6 });
};

describe('random arguments', () => {
  it.each(businessTools.map((tool) => [tool.name, tool] as const))(
    '%s answers each with a sentence and writes nothing when it refuses',
    async (name, tool) => {
      const before = await stateOfStorage();
      let written = false;
      const fields = Object.keys(tool.input.shape);
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.jsonValue(), nearlyRight(fields.length > 0 ? fields : ['x'])),
          async (args) => {
            const { status, message } = await call(name, args);
            expect(status).toBeLessThan(500);
            if (message.result === undefined) {
              expect(message.error?.message).toMatch(/\w/);
              return;
            }
            const [first] = message.result.content;
            expect(first?.text).toMatch(/\w/);
            expect(first?.text).not.toMatch(/Internal error|undefined|\[object|at .*\.ts/);
            if (message.result.isError !== true && !tool.annotations.readOnlyHint) {
              written = true;
            }
          },
        ),
        { numRuns: 60 },
      );
      if (!written) {
        expect(await stateOfStorage()).toBe(before);
      }
    },
  );
});

describe('wrong calls', () => {
  it.each([
    ['get_customer_detail', { customer_id: 999_999 }, /no customer|get_all_customers/i],
    ['get_customer_detail', { customer_id: "1' or '1'='1" }, /customer_id/],
    [
      'get_customer_detail',
      { customer_id: 1, tenant: 'fabrikam' },
      /unknown fields; the known ones are customer_id/,
    ],
    ['get_customer_detail', {}, /customer_id.*required/],
    ['pay_invoice', { invoice_id: 101, amount: -5 }, /amount/],
    ['pay_invoice', { invoice_id: 101, amount: 0.001 }, /amount/],
    ['pay_invoice', { invoice_id: 101, amount: 1.001 }, /decimals/],
    ['pay_invoice', { invoice_id: 101, amount: '5' }, /amount/],
    [
      'get_data_usage',
      { subscription_id: 11, start_date: '2026-02-30', end_date: '2026-03-01' },
      /start_date/,
    ],
    ['get_data_usage', { subscription_id: 11, start_date: '2026-03-02', end_date: '2026-03-01' }, /end/],
    ['update_subscription', { subscription_id: 11, update: {} }, /update/],
    ['update_subscription', { subscription_id: 11, update: { product_id: 9999 } }, /product/i],
    [
      'update_subscription',
      { subscription_id: 11, update: { customer_id: 2 } },
      /update: has unknown fields/,
    ],
    ['unlock_account', { customer_id: 1, reason: 'please' }, /locked/],
    ['search_knowledge_base', { query: 'x', topk: 11 }, /topk/],
  ])('%s %j is refused with a sentence that says what to do', async (name, args, sentence) => {
    const before = await stateOfStorage();
    const { status, message } = await call(name, args);
    expect(status).toBe(200);
    expect(message.result?.isError).toBe(true);
    expect(message.result?.content[0]?.text).toMatch(sentence);
    expect(await stateOfStorage()).toBe(before);
  });
});
