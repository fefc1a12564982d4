import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostExtension } from '../extension.ts';
import type { Timers } from '../timers/timers.ts';
import { HOST_VERSION } from '../worker/core-api.ts';
import type { FunctionMetadata } from '../worker/rpc.ts';
import { answerEmpty, answerUnauthorized } from './call.ts';
import { isAllowed, type Keys } from './keys.ts';

export interface ReservedHost {
  readonly keys: Keys | undefined;
  readonly hostId: string;
  readonly functions: readonly FunctionMetadata[];
  readonly extensionBundle: { readonly id: string; readonly version: string } | undefined;
  readonly extensions: readonly HostExtension[];
  readonly timers: Timers;
}

const ADMIN = '/admin/';
const WEBHOOKS = /^\/runtime\/webhooks\/([^/]+)(?:\/|$)/i;

/** Answers what the host keeps for itself, before any function's route: `/admin/*` and the webhooks of extensions. True when it did. */
export async function serveReserved(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  host: ReservedHost,
): Promise<boolean> {
  const path = url.pathname.toLowerCase();
  if (path.startsWith(ADMIN)) {
    if (isAllowed(host.keys, 'admin', request, url)) {
      serveAdmin(request, response, path, host);
    } else {
      answerUnauthorized(response);
    }
    return true;
  }
  const name = WEBHOOKS.exec(path)?.[1];
  if (name === undefined) {
    return false;
  }
  const extension = host.extensions.find((candidate) => candidate.name.toLowerCase() === name);
  if (!extension) {
    answerEmpty(response, 404);
  } else if (isAllowed(host.keys, 'system', request, url)) {
    await extension.handle(request, response, url);
  } else {
    answerUnauthorized(response);
  }
  return true;
}

function serveAdmin(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  host: ReservedHost,
): void {
  const reads = request.method === 'GET';
  const runs = request.method === 'POST' && /^\/admin\/functions\/([^/]+)\/?$/.exec(path)?.[1];
  if (reads && path === '/admin/host/status') {
    answerJson(response, statusOf(host));
  } else if (path === '/admin/host/ping') {
    answerEmpty(response, 200);
  } else if (reads && path === '/admin/functions') {
    answerJson(response, host.functions);
  } else if (runs) {
    runFunction(response, runs, host);
  } else {
    answerEmpty(response, 404);
  }
}

/** Timers only: they have no address of their own, and this is how they are tried without waiting. */
function runFunction(response: ServerResponse, name: string, host: ReservedHost): void {
  const timer = host.functions.find((metadata) => metadata.name.toLowerCase() === decodeURIComponent(name));
  if (!timer || !host.timers.has(timer.name)) {
    answerEmpty(response, 404);
    return;
  }
  void host.timers.runNow(timer.name);
  answerEmpty(response, 202);
}

function statusOf(host: ReservedHost): unknown {
  return {
    id: host.hostId,
    state: 'Running',
    version: HOST_VERSION,
    versionDetails: `${HOST_VERSION} (local stand-in)`,
    processUptime: Math.round(process.uptime() * 1000),
    ...(host.extensionBundle ? { extensionBundle: host.extensionBundle } : {}),
  };
}

function answerJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
