import { explain } from '../command-line/explain.ts';
import { accessToken, noTools } from './access.ts';
import { type Command, parseCommand, usage } from './arguments.ts';
import { askUser } from './ask-user.ts';
import { connect } from './connect.ts';
import { endpointUrl } from './endpoint-url.ts';
import { jsonText, resultLines, toolLines } from './print.ts';
import { problemOf } from './problem.ts';
import { progressLine } from './progress-line.ts';

/** Milliseconds without a word after which a call is given up. */
const longestCallMs = 240_000;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(parseCommand(args));
  } catch (error) {
    const { text, exitCode } = explain(error);
    console.error(text);
    return exitCode;
  }
}

async function run(command: Command): Promise<number> {
  if (command.kind === 'help') {
    console.log(usage);
    return 0;
  }
  const { options } = command;
  const tool = command.kind === 'call' ? command.tool : '';
  const url = await endpointUrl(options.url, options.caller, tool);
  try {
    const token = await accessToken(url, options.caller);
    const client = await connect({ url, token, ...(process.stdin.isTTY && { agree: askUser }) });
    try {
      return command.kind === 'list' ? await list(client, command) : await call(client, command);
    } finally {
      await client.close();
    }
  } catch (error) {
    const problem = problemOf(error, url);
    console.error(problem.message);
    return problem.exitCode;
  }
}

async function list(
  client: Awaited<ReturnType<typeof connect>>,
  { options }: Extract<Command, { kind: 'list' }>,
) {
  const { tools } = await client.listTools();
  // on the other stream, so that a program that reads the list sees an empty one
  if (tools.length === 0) {
    console.error(noTools(options.caller));
  }
  for (const line of options.json ? [jsonText(tools)] : toolLines(tools)) {
    console.log(line);
  }
  return 0;
}

async function call(
  client: Awaited<ReturnType<typeof connect>>,
  { tool, input, options }: Extract<Command, { kind: 'call' }>,
): Promise<number> {
  const line = progressLine(process.stderr);
  const result = await client.callTool(
    { name: tool, arguments: input },
    {
      onprogress: ({ progress, total, message }) => line.show(progress, total ?? 100, message ?? ''),
      timeout: longestCallMs,
      resetTimeoutOnProgress: true,
    },
  );
  line.end();
  const lines = options.json ? [jsonText(result)] : resultLines(result);
  for (const line of lines) {
    (result.isError && !options.json ? console.error : console.log)(line);
  }
  return result.isError ? 1 : 0;
}
