import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Message } from '../subjects/messages.ts';

/** A progress notification and when it came, in milliseconds since the epoch. */
export interface Arrival {
  readonly at: number;
  readonly message: string;
}

interface Frame {
  readonly method?: string;
  readonly params?: { readonly message?: string };
  readonly result?: { readonly isError?: boolean };
}

/**
 * Sends a call and reads its answer as it comes.
 * @throws Error when the call does not end with a result
 */
export async function followProgress(
  url: string,
  { headers, body }: Message,
  authorization: Readonly<Record<string, string>>,
): Promise<readonly Arrival[]> {
  const response = await fetch(url, { method: 'POST', headers: { ...headers, ...authorization }, body });
  if (!response.ok || response.body === null) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }
  const arrivals: Arrival[] = [];
  let hasResult = false;
  let last = '';
  const lines = createInterface({ input: Readable.fromWeb(response.body as ReadableStream) });
  for await (const line of lines) {
    if (!line.startsWith('data: {')) {
      continue;
    }
    last = line;
    const at = performance.timeOrigin + performance.now();
    const frame = JSON.parse(line.slice('data: '.length)) as Frame;
    if (frame.method === 'notifications/progress') {
      arrivals.push({ at, message: frame.params?.message ?? '' });
    }
    // Read to its end all the same: what is left unread breaks off when the host closes the connection.
    hasResult ||= frame.result !== undefined && frame.result.isError !== true;
  }
  if (!hasResult) {
    throw new Error(`The stream ended without a result; its last line: ${last.slice(0, 400)}`);
  }
  return arrivals;
}
