import { businessTools } from '#contoso/tools/index';
import { countRoundTrips } from '#platform/storage/round-trips';
import { type ExampleCall, exampleCalls } from '../../seed/examples/calls.ts';
import type { Dataset } from '../../seed/writing/dataset.ts';
import type { App } from '../../shared/app.ts';
import { callTool } from '../subjects/messages.ts';
import { openApp, requestOf, type SeededStorage } from '../subjects/open-app.ts';

/** What one call of each tool costs in requests to Table Storage. */
export type RoundTrips = Readonly<Record<string, number>>;

/**
 * Counts the requests to storage of one call of every tool, through the endpoint, on a process that has served calls
 * before: what is read, what is changed, and the audit entries that a change waits for. Entries of calls that only read
 * are written later, for many calls at once.
 * @throws Error when a call does not succeed
 */
export async function measureRoundTrips(storage: SeededStorage, data: Dataset): Promise<RoundTrips> {
  const app = await openApp(storage, 'disabled');
  for (const example of exampleCalls(businessTools, data, 0)) {
    await count(app, example);
  }
  const counts: [string, number][] = [];
  for (const example of exampleCalls(businessTools, data, 1)) {
    counts.push([example.tool, await count(app, example)]);
  }
  await app.close();
  return Object.fromEntries(counts);
}

async function count(app: App, example: ExampleCall, code?: string): Promise<number> {
  const args = { ...example.arguments, ...(code !== undefined && { confirmation_code: code }) };
  const { result, count: roundTrips } = await countRoundTrips(async () => {
    const response = await app.mcp(requestOf(callTool('2026-07-28', example.tool, args)));
    return (await response.json()) as Answer;
  });
  if (result.result?.isError !== true && result.result !== undefined) {
    return roundTrips;
  }
  const said = JSON.stringify(result);
  // What has to be confirmed costs two calls; the second one is the one that does it.
  const given = code === undefined ? /confirmation_code \\"([^"\\]+)\\"/.exec(said)?.[1] : undefined;
  if (given === undefined) {
    throw new Error(`${example.tool} failed: ${said}`);
  }
  return count(app, example, given);
}

interface Answer {
  readonly result?: { readonly isError?: boolean };
}
