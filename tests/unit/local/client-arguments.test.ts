import { describe, expect, it } from 'vitest';
import { parseCommand } from '#scripts/client/arguments';
import { UsageError } from '#scripts/command-line/usage-error';

describe('the command line of npm run mcp', () => {
  it('names a tool and its arguments', () => {
    expect(parseCommand(['get_customer_detail', '{"customer_id":251}', '--role', 'billing'])).toMatchObject({
      kind: 'call',
      tool: 'get_customer_detail',
      input: { customer_id: 251 },
      options: { caller: { user: { signInName: 'bill@contoso' } }, json: false },
    });
  });

  it('may leave the arguments out', () => {
    expect(parseCommand(['get_products', '--json'])).toMatchObject({ input: {}, options: { json: true } });
  });

  it('lists', () => {
    expect(parseCommand(['--list', '--tenant', 'fabrikam'])).toMatchObject({
      kind: 'list',
      options: { caller: { user: { signInName: 'quinn@fabrikam' } } },
    });
  });

  it.each([
    [[], /Name a tool/],
    [['get_products', '{customer_id:1}'], /not a JSON object/],
    [['get_products', '[1]'], /not a JSON object/],
    [['get_customer_detail', '{"customer_id":', '251}'], /single quotes/],
    [['--frob'], /frob/],
    [['--list', '--user', 'eve@contoso'], /no user "eve@contoso"; use quinn@contoso/],
    [['--list', '--role', 'king'], /with the role king/],
  ])('%j is explained', (args, message) => {
    expect(() => parseCommand(args)).toThrow(UsageError);
    expect(() => parseCommand(args)).toThrow(message);
  });
});
