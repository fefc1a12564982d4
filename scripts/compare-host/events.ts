import type { Answer } from './client/read-answer.ts';

/** What an event of a stream is, and when it came. */
export interface StreamEvent {
  readonly label: string;
  /** Milliseconds since the request. */
  readonly atMs: number;
}

/**
 * The events of an event stream, each with the time at which its last chunk came; comments, which depend on the time alone, left out.
 * A chunk need not be an event: the real host cuts what is longer than 4 KB, and sends together what was written together.
 */
export function eventsOf({ chunks }: Pick<Answer, 'chunks'>): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  let rest = '';
  for (const { text, atMs } of chunks) {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    const data = parts.flatMap((part) => /^data: (.+)$/m.exec(part)?.[1] ?? []);
    events.push(...data.map((one) => ({ label: labelOf(one), atMs })));
  }
  return events;
}

/** Whether somebody held a stream back until its end. */
export function cameAtOnce(events: readonly StreamEvent[]): boolean {
  return events.length > 1 && events.every(({ atMs }) => atMs === events[0]?.atMs);
}

function labelOf(data: string): string {
  try {
    const { method, params, error } = JSON.parse(data) as {
      method?: string;
      params?: { progress?: number };
      error?: unknown;
    };
    if (method !== undefined) {
      return params?.progress === undefined ? method : `${method} ${params.progress}`;
    }
    return error === undefined ? 'result' : 'error';
  } catch {
    return 'text';
  }
}
