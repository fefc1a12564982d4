/** Sends the browser on by a GET, whatever came (RFC 9110 section 15.4.4). */
export function redirectTo(address: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({
    Location: address,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  });
  return withCookies(new Response(null, { status: 303, headers }), cookies);
}

export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) {
    response.headers.append('Set-Cookie', cookie);
  }
  return response;
}
