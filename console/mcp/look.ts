import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { useEffect, useState } from 'preact/hooks';
import { whyOf } from './failure.ts';
import type { Connection } from './session.ts';
import { textOf } from './text.ts';

/** Between two looks at what changes, in milliseconds. */
const everyMs = 2_000;

/** What a tool is asked that needs nothing: one object, so that it is asked once. */
export const noArguments = {};

/** A tool, and the connection that has it. */
export interface Place {
  readonly connection: Connection;
  readonly tool: Tool;
}

/** Where a tool is listed for this user; undefined where it is not. Those that only cards call are found, too. */
export function placeOf(connections: readonly Connection[], name: string): Place | undefined {
  for (const connection of connections) {
    const tool = connection.tools.find((one) => one.name === name);
    if (tool !== undefined) {
      return { connection, tool };
    }
  }
  return undefined;
}

/** What a tool answered last, or why it did not. */
export interface Looked<Data> {
  readonly data?: Data;
  readonly result?: CallToolResult;
  readonly problem?: string;
}

/** Calls a tool; whatever goes wrong is an answer, too. @typeParam Data by the tool's output schema */
export async function look<Data>({ connection, tool }: Place, args: object): Promise<Looked<Data>> {
  try {
    const result = await connection.client.callTool({ name: tool.name, arguments: { ...args } });
    return result.isError === true
      ? { problem: textOf(result) }
      : { result, data: result.structuredContent as Data };
  } catch (error) {
    return { problem: whyOf(error) };
  }
}

/**
 * Looks when it is shown, and when it is asked to.
 * @param changes whether what was seen may be another in a moment: then it is looked at again, while the page is seen
 */
export function useLook<Data>(
  place: Place | undefined,
  args: object,
  changes: (data: Data) => boolean = () => false,
): Looked<Data> & { again(): void } {
  const [seen, setSeen] = useState<Looked<Data>>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (place === undefined) {
      return;
    }
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    let last: Data | undefined;
    const see = async () => {
      const next = document.hidden ? undefined : await look<Data>(place, args);
      if (isOver) {
        return;
      }
      if (next !== undefined) {
        last = next.data ?? last;
        // what was seen stays, with what went wrong since
        setSeen((before) => (next.problem === undefined ? next : { ...before, problem: next.problem }));
      }
      if (next === undefined || (last !== undefined && changes(last))) {
        timer = setTimeout(see, everyMs);
      }
    };
    void see();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [place?.tool, args, round]);
  return { ...seen, again: () => setRound((before) => before + 1) };
}
