import { notesOf } from './request-notes.ts';

/** Some serializers begin with it; a parser may take no notice of one (RFC 8259 section 8.1). */
const byteOrderMark = '\uFEFF';

/** Whether the body of a request was read to its end here, so that nothing of it is left on the wire. */
export function isReadToEnd(request: Request): boolean {
  return request.body === null || notesOf(request).isReadToEnd;
}

/** Reads at most so many bytes; undefined when there is more, which is left to be read. */
export async function readText(request: Request, most: number): Promise<string | undefined> {
  if (Number(request.headers.get('content-length')) > most) {
    return undefined;
  }
  if (request.body === null) {
    return '';
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A reader, because iterating over a stream takes twice as long.
  const reader = request.body.getReader();
  try {
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > most) {
        return undefined;
      }
      chunks.push(part.value);
    }
  } finally {
    reader.releaseLock();
  }
  notesOf(request).isReadToEnd = true;
  const [only] = chunks;
  const bytes = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}
