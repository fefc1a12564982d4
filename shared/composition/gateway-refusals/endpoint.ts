import type { AuditTrail } from '#platform/access/audit';
import { perMinute } from '#platform/caching/per-minute';
import { InvalidInput } from '#platform/errors';
import { correlationOf } from '#platform/http/correlation';
import { readText } from '#platform/http/read-text';
import { afterBody } from '#platform/http/rest-of-body';
import { fromGateway } from '#platform/identity/gateway-key';
import { tenantId } from '#platform/identity/tenant';
import type { Endpoint, Refusal } from '#platform/mcp/endpoint';
import type { TenantSettings } from '#platform/settings/tenants';
import { boundedRecorder, type RefusalRecords } from '../refusals.ts';
import { refusalCounts } from './counted.ts';
import { type RefusalReport, readReport } from './report.ts';

/** A report holds ids and codes. */
const mostBytes = 2_048;
/** Reports that one instance looks at in a minute; a flood at the gateway must not become one here. */
const mostReports = 6_000;
/** What is read of a body that is too long, before the connection is given up. */
const restLimits = { bytes: 64 * 1024, milliseconds: 1_000 };

export interface GatewayRefusalOptions extends RefusalRecords {
  readonly gatewayKeys: readonly string[];
  readonly tenants: readonly TenantSettings[];
  /** Whether there is a tool of that name; any other name is a client's own words. */
  readonly isTool: (name: string) => boolean;
  readonly trail: AuditTrail;
  /** Told of reports that do not come from the gateway. */
  readonly refused: (refusal: Refusal) => void;
}

/**
 * Where the gateway tells of requests that it refused by itself, which reach no other endpoint. Refusals of callers
 * whose token proved who asks are recorded one by one in the trail of the tenant whose route was called, so many in a
 * minute for each tenant; the others are counted. Only the holder of the gateway's key is answered; without a key in
 * the settings the address does not exist.
 */
export function gatewayRefusals(options: GatewayRefusalOptions): Endpoint {
  const { gatewayKeys, tenants, isTool, now, refused, logger } = options;
  const isGateway = fromGateway(gatewayKeys);
  const reports = perMinute(now);
  const count = refusalCounts(options.trail, now);
  const recorders = new Map(tenants.map(({ slug }) => [slug as string, boundedRecorder(options)]));

  async function answer(request: Request): Promise<Response> {
    if (gatewayKeys.length === 0 || request.method !== 'POST') {
      return problem(404, 'There is nothing here.');
    }
    if (!isGateway(request)) {
      const correlationId = correlationOf(request);
      refused({ principal: undefined, tool: '', reason: 'not_from_gateway', correlationId, request });
      return problem(403, 'Only the gateway may report here.');
    }
    const nth = reports();
    if (nth === mostReports + 1) {
      logger.log('warn', 'refused requests not recorded');
    }
    if (nth > mostReports) {
      return problem(429, 'Too many reports. Send the next one in a minute.');
    }
    const text = await readText(request, mostBytes);
    if (text === undefined) {
      return problem(413, `A report has at most ${mostBytes} bytes.`);
    }
    const report = readReport(text, tenants);
    if (report.isProven) {
      recorders.get(report.tenant)?.(refusalOf(report, isTool, request));
    } else {
      count(report.reason);
    }
    return new Response(null, { status: 204 });
  }

  return async (request) => {
    const response = await answer(request).catch((error: unknown) => {
      if (error instanceof InvalidInput) {
        return problem(400, error.message);
      }
      throw error;
    });
    return afterBody(request, response, restLimits);
  };
}

function refusalOf(
  { id, tenant, tid, oid, application, tool, reason }: RefusalReport & { readonly isProven: true },
  isTool: (name: string) => boolean,
  request: Request,
): Refusal {
  return {
    principal: { tenant: tenantId(tenant), user: `${tid}:${oid}`, application },
    tool: isTool(tool) ? tool : '',
    reason,
    // The gateway's own id of the request, under which its log has it.
    correlationId: id,
    request,
  };
}

function problem(status: number, detail: string): Response {
  return Response.json({ error: detail }, { status, headers: { 'Cache-Control': 'no-store' } });
}
