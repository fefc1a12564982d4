import { context } from '@opentelemetry/api';
import { monotonicNow } from '../clock.ts';
import { instruments, isMeasured, secondsSince } from '../telemetry/instruments.ts';
import { markFailed, markFine, openSpan } from '../telemetry/spans.ts';
import { remoteParentOf } from '../telemetry/trace-context.ts';
import type { Endpoint } from './endpoint.ts';
import { onResponseEnd } from './sessions/response-end.ts';

/** Methods that are told apart; a client may send any word. */
const knownMethods = new Set(['GET', 'POST', 'DELETE', 'OPTIONS']);

/**
 * Statuses that are no failure of the service: no token yet, a session that is over, a method that is not served.
 * Application Insights takes every status from 400 on for a failed request, unless the span says otherwise.
 */
const expected: ReadonlySet<number> = new Set([401, 404, 405]);

/**
 * The same endpoint, each request in a span that lasts until its answer has been sent, in the trace that the client's
 * headers name. Nothing is added while nothing is exported.
 * @param route under which it is served, such as `/mcp`
 */
export function traced(route: string, endpoint: Endpoint): Endpoint {
  return async (request) => {
    if (!isMeasured()) {
      return await endpoint(request);
    }
    const started = monotonicNow();
    const method = knownMethods.has(request.method) ? request.method : '_OTHER';
    const asked = { 'http.request.method': method, 'http.route': route };
    const { span, within } = openSpan(`${method} ${route}`, {
      kind: 'server',
      attributes: asked,
      parent: remoteParentOf(request.headers),
    });
    const response = await context.with(within, endpoint, undefined, request);
    const { status } = response;
    return onResponseEnd(response, () => {
      const answered = { 'http.response.status_code': status };
      span.setAttributes(answered);
      if (status >= 500) {
        markFailed(span, String(status));
      } else if (expected.has(status)) {
        markFine(span);
      }
      span.end();
      instruments().requestDuration.record(secondsSince(started), { ...asked, ...answered });
    });
  };
}
