import type { PolicyCompiler } from '../step.ts';
import { checkHeader } from './check-header.ts';
import { choose } from './choose.ts';
import { cors } from './cors.ts';
import { forwardRequest } from './forward-request.ts';
import { includeFragment } from './include-fragment.ts';
import { rateLimitByKey } from './rate-limit-by-key.ts';
import { returnResponse } from './return-response.ts';
import { rewriteUri } from './rewrite-uri.ts';
import { sendOneWayRequest } from './send-one-way-request.ts';
import { setBackendService } from './set-backend-service.ts';
import { setHeader } from './set-header.ts';
import { setVariable } from './set-variable.ts';
import { trace } from './trace.ts';
import { validateJwt } from './validate-jwt.ts';

/** Every policy that the local gateway runs, by its element. */
export const policyCompilers: Readonly<Record<string, PolicyCompiler>> = {
  'check-header': checkHeader,
  choose,
  cors,
  'forward-request': forwardRequest,
  'include-fragment': includeFragment,
  'rate-limit-by-key': rateLimitByKey,
  'return-response': returnResponse,
  'rewrite-uri': rewriteUri,
  'send-one-way-request': sendOneWayRequest,
  'set-backend-service': setBackendService,
  'set-header': setHeader,
  'set-variable': setVariable,
  trace,
  'validate-jwt': validateJwt,
};
