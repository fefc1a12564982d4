import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localTenant } from '../../emulators/identity/tenants.ts';
import { runEntry } from '../support/run.ts';
import { type Service, startService } from '../support/service.ts';

let service: Service;

beforeAll(async () => {
  // The command line knows the directories of the local stack.
  service = await startService({}, [
    localTenant('contoso').tenantIds[0],
    localTenant('fabrikam').tenantIds[0],
  ]);
});

afterAll(async () => {
  await service?.stop();
});

const mcp = (...args: string[]) => runEntry('scripts/client/cli.ts', ['--url', service.url, ...args]);

describe('npm run mcp', () => {
  it('lists the tools', async () => {
    const { code, output } = await mcp('--list');
    expect(code).toBe(0);
    expect(output).toMatch(/^get_billing_summary +Returns/m);
    expect(output).not.toMatch(/pay_invoice/);
  });

  it('prints a sentence and the data', async () => {
    const { code, output } = await mcp('get_customer_detail', '{"customer_id":251}');
    expect(code).toBe(0);
    expect(output).toMatch(/^Customer 251, .+, Silver/);
    expect(output).toMatch(/"loyalty_level": "Silver"/);
  });

  it('prints the whole result as JSON', async () => {
    const { code, output } = await mcp('get_products', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ structuredContent: { products: expect.any(Array) } });
  });

  it('answers for another tenant', async () => {
    const ours = await mcp('get_customer_detail', '{"customer_id":1}', '--json');
    const theirs = await mcp('get_customer_detail', '{"customer_id":1}', '--json', '--tenant', 'fabrikam');
    expect(theirs.code).toBe(0);
    expect(theirs.output).not.toBe(ours.output);
  });

  it('says why the list is empty, and where it reads nothing', async () => {
    const { code, output, errors } = await mcp('--list', '--user', 'nobody@contoso');
    expect(code).toBe(0);
    expect(errors).toBe(output);
    expect(output).toMatch(
      /^nobody@contoso \(no role\) may use no tool here\. Take somebody who may, with --user quinn@/,
    );
  });

  it.each([
    [1, ['get_customer_detail', '{"customer_id":999999}'], /no customer 999999/],
    // the service's own sentence, and nothing around it
    [1, ['pay_invoice', '{"invoice_id":1,"amount":1}'], /^[^{}]*billing\.write[^{}]*$/],
    [1, ['no_such_tool'], /Unknown tool/],
    [2, ['get_products', '{x'], /not a JSON object/],
    [2, [], /Name a tool/],
    [2, ['--tenant', 'nobody', '--list'], /no tenant "nobody"/],
    [
      2,
      ['--list', '--user', 'sara@acme'],
      /^There is no user "sara@acme"; the names end in @contoso, @fabrikam/,
    ],
    [
      2,
      ['--list', '--role', 'boss'],
      /^There is nobody with the role boss at contoso; use query, billing, agent, security, approver\.\n/,
    ],
    [2, ['--hlep'], /^Unknown option '--hlep'\.\nSee: .*--help\n$/],
    [3, ['--list', '--url', 'http://127.0.0.1:9/mcp'], /Nothing answers at .*npm start/],
  ])('exits with %i for %j', async (expected, args, message) => {
    const { code, output } = await mcp(...args);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^\s+at /m);
    expect(code).toBe(expected);
  });
});
