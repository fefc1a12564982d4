import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { BusinessError } from '#platform/errors';
import { type Company, openCompany } from './company.ts';

let company: Company;
let before: unknown;
beforeAll(async () => {
  company = await openCompany();
  before = await company.contents();
});

const tools = businessTools.map((tool) => [tool.name, tool] as const);

/** Nothing here is the id of a record of the small company. */
const hostile: readonly unknown[] = [
  "1' or '1'='1",
  "' or PartitionKey ne '",
  '../1',
  '%00',
  'a\u0000b',
  '\u001b[2J',
  '\ud800',
  '\u202e321',
  'NaN',
  '-1',
  '1e3',
  '0',
  `${1e15}`,
  'x'.repeat(20_000),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0,
  0.1,
  1e15,
  9_999_999_999,
  Number.MAX_SAFE_INTEGER,
  null,
  true,
  [],
  [1],
  {},
  { $gt: 0 },
];

/** Values that pass the schemas, for records that do not exist: what follows them is refused by the handler. */
const plausible: Readonly<Record<string, unknown>> = {
  customer_id: 999,
  subscription_id: 999,
  invoice_id: 999,
  product_id: 999,
  amount: 5,
  start_date: '2026-03-01',
  end_date: '2026-03-31',
  category: 'technical',
  priority: 'low',
  subject: 'Slow',
  description: 'Slow in the evening.',
  update: { status: 'inactive' },
  query: 'refund',
  reason: 'Identity verified',
};

function plausibleRequest(tool: (typeof businessTools)[number]): Record<string, unknown> {
  const required = fieldsOf(tool).filter((field) => !tool.input.shape[field].safeParse(undefined).success);
  return Object.fromEntries(required.map((field) => [field, plausible[field]]));
}

function fieldsOf(tool: (typeof businessTools)[number]): string[] {
  return Object.keys(tool.input.shape);
}

test.each(tools)('%s answers or refuses, whatever one field holds', async (_name, tool) => {
  for (const field of fieldsOf(tool)) {
    for (const value of hostile) {
      await answerOrRefuse(tool, { ...plausibleRequest(tool), [field]: value });
    }
  }
  expect(await company.contents()).toEqual(before);
});

test.each(tools)('%s answers or refuses, whatever JSON it is called with', async (_name, tool) => {
  const value = fc.oneof(fc.constantFrom(...hostile), fc.jsonValue());
  const known = fc.record(Object.fromEntries(fieldsOf(tool).map((field) => [field, value])));
  const anything = fc.oneof(
    known,
    fc.record({ base: known, extra: fc.jsonValue() }).map(({ base, extra }) => ({ ...base, extra })),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(anything, (args) => answerOrRefuse(tool, args)),
    { numRuns: 60 },
  );
  expect(await company.contents()).toEqual(before);
});

test.each(tools)('%s refuses a field that it does not know', async (_name, tool) => {
  const error = await company.refusal(tool, { tenant: 'fabrikam' });
  expect(error.code).toBe('invalid_input');
});

async function answerOrRefuse(tool: (typeof businessTools)[number], args: unknown): Promise<void> {
  try {
    await company.ask(tool, args);
  } catch (error) {
    expect(error, `${tool.name} ${JSON.stringify(args)}`).toBeInstanceOf(BusinessError);
  }
}
