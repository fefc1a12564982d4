import { streamType } from './accept.ts';

/**
 * The response, once the first piece of it is there when it is a stream: until then another one can take its place. What
 * is a stream for the sake of its form alone has its whole answer in that piece.
 */
export async function begun(response: Response): Promise<Response> {
  const { body, headers, status } = response;
  if (body === null || headers.get('content-type')?.startsWith(streamType) !== true) {
    return response;
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  let next: ReturnType<typeof reader.read> | undefined = Promise.resolve(await reader.read());
  const rest = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await (next ?? reader.read());
      next = undefined;
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(rest, { status, headers });
}
