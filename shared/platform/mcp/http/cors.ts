/** Request headers that a browser client may send (MCP 2026-07-28, transports; 2025-era session headers included). */
const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'Accept',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
  'Last-Event-ID',
  'traceparent',
  'tracestate',
].join(', ');

const exposedHeaders = 'WWW-Authenticate, Mcp-Session-Id, X-Correlation-Id, Retry-After';

/** The answer to a preflight request (Fetch standard, CORS protocol); {@link withCors} adds the origin. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      Allow: 'POST, OPTIONS',
      'Access-Control-Allow-Methods': 'POST, DELETE, OPTIONS',
      'Access-Control-Allow-Headers': allowedHeaders,
      'Access-Control-Max-Age': '600',
    },
  });
}

/** Lets the page at `origin`, which has been checked before, read the response. No cookies are involved. */
export function withCors(response: Response, origin: string | null): Response {
  if (origin !== null) {
    response.headers.set('Access-Control-Allow-Origin', origin);
    response.headers.set('Access-Control-Expose-Headers', exposedHeaders);
    response.headers.append('Vary', 'Origin');
  }
  return response;
}
