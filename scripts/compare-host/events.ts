import type { Answer } from './client/read-answer.ts';

/** What an event of a stream is, and when it came. */
export interface StreamEvent {
  readonly label: string;
  /** Milliseconds since the request. */
  readonly atMs: number;
}

/** The events of an event stream by the chunks that brought them; comments, which depend on the time alone, left out. */
export function eventsOf({ chunks }: Pick<Answer, 'chunks'>): readonly StreamEvent[] {
  return chunks.flatMap(({ text, atMs }) => {
    const labels = [...text.matchAll(/^data: (.+)$/gm)].map(([, data = '']) => labelOf(data));
    // two in one chunk were held back by somebody
    return labels.length === 0 ? [] : [{ label: labels.join(' and, in the same chunk, '), atMs }];
  });
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
