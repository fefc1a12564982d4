import { parseArgs } from 'node:util';
import { parsed } from '../command-line/parsed.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type Caller, callerOf } from './access.ts';

export const usage = `Calls one tool of the running service.

  npm run mcp -- --list
  npm run mcp -- <tool> ['<json arguments>']

  --url URL        endpoint (default: that of the running local stack)
  --user NAME      who calls, such as sara@contoso; signs in by itself at the local identity provider
  --tenant SLUG    or: somebody of that tenant (default: contoso)
  --role ROLE      with the role query (default), billing, agent, security or approver
  --json           print the whole result as JSON
  --help           this text

Exit code: 0 done, 1 the tool or the service refused, 2 the command is wrong, 3 nothing answers.`;

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'list'; readonly options: Options }
  | {
      readonly kind: 'call';
      readonly tool: string;
      readonly input: Record<string, unknown>;
      readonly options: Options;
    };

export interface Options {
  readonly url: string | undefined;
  readonly caller: Caller;
  readonly json: boolean;
}

export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) {
    return { kind: 'help' };
  }
  const options: Options = {
    url: values.url,
    caller: callerOf(values),
    json: values.json ?? false,
  };
  const [tool, input, ...rest] = positionals;
  if (values.list) {
    return { kind: 'list', options };
  }
  if (tool === undefined) {
    throw new UsageError('Name a tool, or --list to see them.');
  }
  if (rest.length > 0) {
    throw new UsageError('The arguments are one JSON text; put it into single quotes.');
  }
  return { kind: 'call', tool, input: parseInput(input), options };
}

function parse(args: readonly string[]) {
  return parsed(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        list: { type: 'boolean' },
        url: { type: 'string' },
        user: { type: 'string' },
        tenant: { type: 'string' },
        role: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
}

function parseInput(text: string | undefined): Record<string, unknown> {
  if (text === undefined) {
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // falls through to the one sentence for both mistakes
  }
  throw new UsageError(`The arguments are not a JSON object. Example: '{"customer_id":251}'`);
}
