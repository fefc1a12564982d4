/** Codes that the endpoint itself answers with: of JSON-RPC 2.0 section 5.1, and of its range for servers. */
export const rpcCodes = {
  parse: -32700,
  invalidRequest: -32600,
  invalidParams: -32602,
  internal: -32603,
  transport: -32000,
  /** The caller is known, and may not do this. */
  forbidden: -32003,
} as const;

/** A JSON-RPC error as an HTTP response; `id` is null when the request's id is not known or not trusted yet. */
export function rpcError(
  status: number,
  code: number,
  message: string,
  headers?: Record<string, string>,
  id: string | number | null = null,
): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code, message }, id },
    { status, ...(headers && { headers }) },
  );
}
