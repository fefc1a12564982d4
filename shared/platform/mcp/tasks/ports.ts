import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Offer } from '../../access/offer.ts';
import type { Principal } from '../../identity/principal.ts';
import type { OwnedWork } from '../../jobs/owned-work.ts';
import type { AnyTool, ToolCall } from '../definitions/tool.ts';
import type { OperationRequest } from '../operation-request.ts';

/**
 * The words of the protocol; a job is never `input_required`, see {@link TaskDialogue}. `completed`, `failed` and `cancelled` are final: a task that
 * has one of them never changes again.
 */
export type TaskStatus = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

/** A task as it is at one moment. */
export interface TaskState {
  /** Unguessable; letters, digits, `-` and `_`, at most 128 of them. */
  readonly id: string;
  /** Name of the tool that runs. */
  readonly tool: string;
  readonly status: TaskStatus;
  /** What happens at the moment, in a sentence for people. */
  readonly message?: string;
  /** 0 to 100, never falling. */
  readonly progress?: number;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** ISO 8601 in UTC. */
  readonly updatedAt: string;
  /** Milliseconds from its creation for which the task is kept, a whole number; null: for ever. */
  readonly ttlMs: number | null;
  /** Milliseconds that a client should let pass between two looks, a whole number. */
  readonly pollIntervalMs: number;
  /** What the client still has to answer, by key; only while input is required. A key is used once in a task's life. */
  readonly inputRequests?: Readonly<Record<string, unknown>>;
  /** What the call would have answered, failures of the tool included; only when completed. */
  readonly result?: CallToolResult;
  /** Of the failure, where the result is one; clients are told it as with the answer of a call. */
  readonly code?: string | undefined;
  /** The JSON-RPC error with which the call would have ended; only when failed. The message is for the caller. */
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** Asks people through their tasks, when the work is done and something of it needs their word. */
export interface TaskDialogue {
  /** The task as its client sees it: `input_required` while something is asked. */
  asking(state: TaskState, principal: Principal): Promise<TaskState>;
  /** Takes the answers that come with a request, by key; what is not asked for is ignored. */
  answered(state: TaskState, request: OperationRequest): Promise<void>;
}

/** Where tasks are kept. */
export type TaskSource = OwnedWork<TaskState>;

/** What is known of the client that gets the task. */
export interface TaskClient {
  /** It can be asked through the task: it shows its user forms, and knows `tasks/update`. */
  readonly canBeAsked: boolean;
}

/** A tool whose work outlives the request that asked for it. */
export interface LongTool {
  readonly definition: AnyTool;
  /**
   * How long a call waits for the answer before it gets a task, in milliseconds; at once when left out. A tool that has
   * this answers clients without tasks by itself.
   */
  readonly answersWithinMs?: number;
  /**
   * Begins the work and returns soon, with a task that every instance can find from now on. Runs as the last step of
   * the call pipeline: the call is allowed, its input checked and agreed to.
   */
  start(input: Readonly<Record<string, unknown>>, call: ToolCall, client?: TaskClient): Promise<TaskState>;
}

export function isFinal({ status }: TaskState): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** A long tool, and what decides who may use it. */
export interface OfferedTool extends LongTool {
  readonly offer: Offer;
}
