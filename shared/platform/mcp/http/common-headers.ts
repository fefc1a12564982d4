/** What every answer says, whatever it is. */
export function withConstantHeaders(headers: Headers): Headers {
  if (!headers.has('X-Content-Type-Options')) {
    headers.set('X-Content-Type-Options', 'nosniff');
  }
  if (!headers.has('Cache-Control')) {
    headers.set('Cache-Control', 'no-store');
  }
  return headers;
}

/** Changes the response itself: every one of them was made here, for this request. */
export function withCommonHeaders(response: Response, correlationId: string): Response {
  withConstantHeaders(response.headers).set('X-Correlation-Id', correlationId);
  return response;
}
