import {
  type CallToolRequest,
  type CallToolResult,
  isInputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { OperationRequest } from '../operation-request.ts';
import type { RegisteredTool } from '../registry.ts';
import type { ServedRequest } from '../served-request.ts';
import { callTool, type ServedServer } from '../surface.ts';
import { type ToolResult, toolAnswer } from '../tool-answer.ts';
import { guarded } from './boundary.ts';
import { field, takesTasks } from './capability.ts';
import { followTask } from './follow.ts';
import { knowsTasks } from './legacy.ts';
import { legacyCreateTaskResult } from './legacy-wire.ts';
import { createTaskResult } from './modern-wire.ts';
import { startOperation } from './operations.ts';
import type { TasksSetup } from './options.ts';
import type { LongTool, TaskState } from './ports.ts';

/** Makes calls of long tools start tasks; calls of other tools stay what they are. */
export function answerCalls(server: ServedServer, served: ServedRequest, setup: TasksSetup): void {
  const { surface } = server;
  const answer = async (request: CallToolRequest, context: ServerContext): Promise<ToolResult> => {
    const { name } = request.params;
    const tool = surface.tools.find(name) ?? unknownTool();
    const long = setup.find(name);
    const asTask = wantsTask(request, context, served, long);
    const asked = server.requestFor(request.params.arguments, context);
    const result: ToolResult =
      long === undefined
        ? await callOrWait(server, tool, asked, setup, asTask)
        : await callLong(server, {
            tool,
            long,
            asked,
            setup,
            created: asTask ? createdFor(served) : undefined,
            waits: served.era === 'modern',
          });
    if (isInputRequiredResult(result)) {
      return result;
    }
    return server.server.projectCallToolResult(result, tool.wire.outputSchema);
  };
  server.server.setRequestHandler('tools/call', guarded(setup.logger, answer));
}

/** A call that is answered at once. One that waits for somebody is a task, for clients that take it. */
async function callOrWait(
  { surface }: ServedServer,
  { operation }: RegisteredTool,
  asked: OperationRequest,
  { tasks }: TasksSetup,
  asTask: boolean,
): Promise<ToolResult> {
  const answer = await callTool(surface, operation, asked);
  const id = answer.kind === 'failed' && asTask ? answer.waits : undefined;
  const task = id === undefined ? undefined : await tasks.get(id, asked.principal);
  return task === undefined ? toolAnswer(answer, surface) : createTaskResult(task);
}

interface LongCall {
  readonly tool: RegisteredTool;
  readonly long: LongTool;
  readonly asked: OperationRequest;
  readonly setup: TasksSetup;
  /** The handle as the client understands it; undefined when it takes none. */
  readonly created: ((task: TaskState) => CallToolResult) | undefined;
  /** Whether the client takes the result, too: in 2025-11-25, who asked for a task gets one. */
  readonly waits: boolean;
}

async function callLong(
  server: ServedServer,
  { tool, long, asked, setup, created, waits }: LongCall,
): Promise<ToolResult> {
  const { answersWithinMs: longestMs } = long;
  const { surface } = server;
  const decides = surface.approval?.decision(tool.operation, asked) !== undefined;
  if (longestMs !== undefined && (created === undefined || decides)) {
    return toolAnswer(await callTool(surface, tool.operation, asked), surface);
  }
  const start = await surface.run(
    startOperation(tool, long, { canBeAsked: asked.canAsk && waits && created !== undefined }),
    asked,
  );
  if (start.kind !== 'done') {
    return toolAnswer(start, surface);
  }
  if (created !== undefined) {
    if (longestMs === undefined || !waits) {
      return created(start.result);
    }
    const clock = { ...setup.clock, longestMs };
    const result = await followTask(server, start.result, asked, { ...setup, clock }, created);
    return isInputRequiredResult(result) || surface.approval === undefined
      ? result
      : toolAnswer(await surface.approval.settle(tool.operation, result, asked), surface);
  }
  return followTask(server, start.result, asked, setup);
}

/**
 * Whether the client gets a task. In the newer revision the server decides, for every client that takes tasks; in
 * 2025-11-25 the client asks for one, with `task` beside the arguments.
 * @throws ProtocolError -32601 when the tool does not run as a task (MCP 2025-11-25, tasks)
 */
function wantsTask(
  request: CallToolRequest,
  context: ServerContext,
  served: ServedRequest,
  long: LongTool | undefined,
): boolean {
  if (served.era === 'modern') {
    return takesTasks(context);
  }
  const asks = knowsTasks(served) && field(request.params, 'task') !== undefined;
  if (asks && long === undefined) {
    throw new ProtocolError(
      ProtocolErrorCode.MethodNotFound,
      'This tool does not run as a task: call it without task.',
    );
  }
  return asks;
}

function createdFor({ era }: ServedRequest): (task: TaskState) => CallToolResult {
  return era === 'modern' ? createTaskResult : legacyCreateTaskResult;
}

function unknownTool(): never {
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    'Unknown tool: call tools/list to see the tools that you may use.',
  );
}
