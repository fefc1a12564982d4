/** Public by nature: what these answers say needs no cookie to be had, so that any page may read them. */
const readable = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'X-Correlation-Id' };

/** The answer to a preflight request (Fetch standard, CORS protocol). Credentials are never allowed. */
export function openPreflight(methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...readable,
      'Access-Control-Allow-Methods': [...methods, 'OPTIONS'].join(', '),
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, MCP-Protocol-Version',
      'Access-Control-Max-Age': '600',
    },
  });
}

/**
 * Lets a page of any origin read the response. Who names no origin is no page, or asks through a gateway that answers
 * pages itself: the headers must not be there twice.
 */
export function readableByAnyPage(request: Request, response: Response): Response {
  response.headers.append('Vary', 'Origin');
  if (request.headers.has('origin')) {
    for (const [name, value] of Object.entries(readable)) {
      response.headers.set(name, value);
    }
  }
  return response;
}
