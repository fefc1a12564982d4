import { once } from 'node:events';
import http from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** One request whose framing the test decides: `fetch` would choose Content-Length or chunks by itself. */
export async function rawRequest(
  url: string,
  options: http.RequestOptions,
  chunks: readonly string[] = [],
): Promise<RawAnswer> {
  const request = http.request(url, { agent: false, ...options });
  for (const chunk of chunks) {
    request.write(chunk);
  }
  request.end();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let body = '';
  for await (const chunk of response) {
    body += chunk;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}
