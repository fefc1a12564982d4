import {
  type CallToolResult,
  isInputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Permission } from '../../access/permissions.ts';
import { pseudonyms } from '../../telemetry/pseudonym.ts';
import { type AnyTool, readOnly, type ToolCall } from '../definitions/tool.ts';
import { invocationOf } from '../invocations.ts';
import { access } from '../pipeline/access.ts';
import { audit } from '../pipeline/audit.ts';
import { callLog } from '../pipeline/call-log.ts';
import { checkInput } from '../pipeline/check-input.ts';
import { deadline } from '../pipeline/deadline.ts';
import { argumentDigest } from '../pipeline/digest.ts';
import { errorBoundary } from '../pipeline/error-boundary.ts';
import { compose, type Invocation, type Middleware } from '../pipeline/invocation.ts';
import type { PipelineOptions } from '../pipeline/options.ts';
import { traceCall } from '../pipeline/trace.ts';
import type { CatalogRequest } from './surface.ts';

/** Something that a caller reads other than by a tool. */
export interface Read<Result> {
  /** As log and audit trail name it. */
  readonly name: string;
  readonly permission: Permission;
  readonly input?: z.ZodObject;
  readonly arguments?: Readonly<Record<string, unknown>>;
  answer(input: Readonly<Record<string, unknown>>, call: ToolCall): Promise<Result>;
}

/** Runs a read; throws ProtocolError, and nothing else, with a sentence for the caller. */
export type RunRead = <Result>(read: Read<Result>, request: CatalogRequest) => Promise<Result>;

export interface Reads {
  /** Through the same steps as a call of a tool that reads: allowed, checked, in time, on record. */
  readonly onRecord: RunRead;
  /** The same without a record: for lists, and for what is asked at every key that a user types. */
  readonly offRecord: RunRead;
}

export function reads(options: PipelineOptions): Reads {
  const { logger, trail, signingKey } = options;
  const common = [errorBoundary(logger), access, deadline, checkInput];
  const digest = argumentDigest(signingKey);
  return {
    onRecord: runner(options, [
      traceCall,
      callLog(logger, pseudonyms(signingKey)),
      audit({ trail, digest }),
      ...common,
    ]),
    offRecord: runner(options, common),
  };
}

function runner(options: PipelineOptions, steps: readonly Middleware[]): RunRead {
  return async (read, { principal, context }) => {
    const invocation = invocationOf(
      asTool(read),
      { principal, arguments: read.arguments, context, canAsk: false, calledOff: async () => false },
      options,
    );
    const found: { result?: Awaited<ReturnType<typeof read.answer>> } = {};
    const last: Middleware = async ({ input, call }) => {
      found.result = await read.answer(input, call);
      invocation.outcome = 'ok';
      return { content: [] };
    };
    const answer = await compose([...steps, last])(invocation);
    if (found.result === undefined || isInputRequiredResult(answer)) {
      throw failed(answer, invocation);
    }
    return found.result;
  };
}

/** The steps know calls of tools, so a read takes the form of one. */
function asTool<Result>({ name, permission, input = noInput }: Read<Result>): Invocation['tool'] {
  const definition: AnyTool = {
    name,
    title: name,
    description: '',
    permission,
    annotations: readOnly,
    input,
    output: z.object({}),
    handler: async () => ({}),
    summary: () => '',
  };
  return { definition, input, wire: { name, inputSchema: { type: 'object' } } };
}

const noInput = z.object({});

/** What was wrong with the request is -32602 (MCP, resources and prompts, error handling); the rest is our failure. */
function failed(answer: unknown, { outcome }: Invocation): ProtocolError {
  const [sentence] = (answer as CallToolResult).content;
  const asked = outcome === 'not_found' || outcome === 'invalid_input' || outcome === 'refused';
  const code = asked ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  return new ProtocolError(code, sentence?.type === 'text' ? sentence.text : 'Internal error.');
}
