import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { useRef, useState } from 'preact/hooks';
import { LazyCard } from '../cards/lazy-card.tsx';
import { LazyForm } from '../forms/lazy-form.tsx';
import { failedWith } from '../mcp/failure.ts';
import type { Connection } from '../mcp/session.ts';
import { Problem } from '../problem.tsx';
import { Answer } from './answer.tsx';

export type Arguments = Readonly<Record<string, unknown>>;

interface Run {
  readonly args: Arguments;
  readonly progress?: { readonly done: number; readonly of: number; readonly message: string };
  /** What it came to; a call that came to no answer is one that failed. */
  readonly result?: CallToolResult;
  readonly calledOff?: string;
}

/** Minutes of the longest call; a diagnosis takes one. */
const longestCall = 5 * 60_000;

/** A form for the arguments, what is going on, and what came of it: as a card where the tool has one, and as it is. */
export function CallTool({ connection, tool }: { readonly connection: Connection; readonly tool: Tool }) {
  const [run, setRun] = useState<Run>();
  const calling = useRef<AbortController>(undefined);
  const see = (more: Partial<Run>) => setRun((before) => before && { ...before, ...more });
  const isRunning = run !== undefined && run.result === undefined && run.calledOff === undefined;

  const call = async (args: Arguments) => {
    const controller = new AbortController();
    calling.current = controller;
    setRun({ args });
    try {
      const result = await connection.client.callTool(
        { name: tool.name, arguments: { ...args } },
        {
          signal: controller.signal,
          timeout: longestCall,
          onprogress: ({ progress, total, message }) =>
            see({ progress: { done: progress, of: total ?? 100, message: message ?? '' } }),
        },
      );
      see({ result });
    } catch (error) {
      see(controller.signal.aborted ? { calledOff: 'You called it off.' } : { result: failedWith(error) });
    }
  };
  return (
    <>
      <LazyForm schema={tool.inputSchema} submit="Call" disabled={isRunning} onSubmit={call} />
      {isRunning && (
        <div role="status" class="running">
          <progress
            max={run.progress?.of ?? 1}
            {...(run.progress && { value: run.progress.done })}
            aria-label="Progress"
          />
          <span>{run.progress?.message || 'Running…'}</span>
          <button type="button" onClick={() => calling.current?.abort()}>
            Call off
          </button>
        </div>
      )}
      <Problem text={run?.calledOff} />
      {run !== undefined && (
        <LazyCard
          connection={connection}
          tool={tool}
          args={run.args}
          result={run.result}
          {...(run.calledOff !== undefined && { calledOff: run.calledOff })}
        />
      )}
      {run?.result && <Answer result={run.result} />}
    </>
  );
}
