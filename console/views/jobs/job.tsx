import type { CallToolResult } from '@modelcontextprotocol/client';
import { useMemo } from 'preact/hooks';
import { LazyCard } from '../../cards/lazy-card.tsx';
import { failedWith } from '../../mcp/failure.ts';
import { placeOf, useLook } from '../../mcp/look.ts';
import type { Connection } from '../../mcp/session.ts';
import { Answer } from '../answer.tsx';
import type { SeenJob } from './seen-job.ts';

interface Read {
  readonly said?: string;
  readonly is_error?: boolean;
  readonly code?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** One job: by the card of its tool, which follows it, and what it came to. */
export function Job({ connections, job }: { readonly connections: readonly Connection[]; job: SeenJob }) {
  const { task_id, status, message } = job;
  // another one when it has ended: then there is an answer to read
  const args = useMemo(() => ({ task_id }), [task_id, status]);
  const cardArgs = useMemo(() => ({ task_id }), [task_id]);
  const { data } = useLook<Read>(placeOf(connections, 'read_job'), args);
  const result = useMemo(
    () => (status === 'failed' ? failedWith(new Error(message)) : resultOf(data)),
    [data, status],
  );
  const place = placeOf(connections, job.tool);
  return (
    <article aria-label="The job">
      {place && (
        <LazyCard
          {...place}
          args={cardArgs}
          result={result}
          {...(status === 'cancelled' && { calledOff: message })}
        />
      )}
      {result && <Answer result={result} />}
    </article>
  );
}

/** As the call itself would have answered. */
function resultOf({ said, is_error: isError, code, data }: Read = {}): CallToolResult | undefined {
  return said === undefined
    ? undefined
    : {
        content: [{ type: 'text', text: said }],
        ...(isError === true && { isError }),
        ...(code !== undefined && { _meta: { failure: code } }),
        ...(data && { structuredContent: data }),
      };
}
