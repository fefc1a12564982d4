import type { ServerContext } from '@modelcontextprotocol/server';
import { visible } from '../format-controls.ts';

/** Tells the caller how far its call is; see {@link ToolCall.progress}. */
export type ReportProgress = (progress: number, total: number, message: string) => void;

/**
 * Reports on the request's own stream, if the client asked for it with a progress token. Values that do not increase
 * are dropped (MCP, utilities/progress: "the progress value MUST increase with each notification").
 */
export function progressReporter(context: ServerContext): ReportProgress {
  const progressToken = context.mcpReq._meta?.progressToken;
  if (progressToken === undefined) {
    return () => {};
  }
  let last = Number.NEGATIVE_INFINITY;
  return (progress, total, message) => {
    if (progress <= last || context.mcpReq.signal.aborted) {
      return;
    }
    last = progress;
    const params = { progressToken, progress, total, message: visible(message) };
    context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {}); // the client is gone; the signal of the call tells the handler
  };
}
