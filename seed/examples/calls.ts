import type { AnyTool } from '#platform/mcp/definitions/tool';
import type { Dataset } from '../writing/dataset.ts';
import { exampleRecords } from './records.ts';

/** A call that works. */
export interface ExampleCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * One call of every tool that has an example, on records of its own, so that no call profits from what another one has
 * cached.
 * @param turn 0, 1, 2 … : the calls of different turns are about different customers
 */
export function exampleCalls(tools: readonly AnyTool[], data: Dataset, turn: number): readonly ExampleCall[] {
  const records = exampleRecords(data, turn);
  return tools.flatMap((tool) =>
    tool.example === undefined ? [] : [{ tool: tool.name, arguments: tool.example(records) }],
  );
}
