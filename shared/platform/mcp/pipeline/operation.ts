import type { Attributes } from '@opentelemetry/api';
import type * as z from 'zod';
import type { Offer } from '../../access/offer.ts';
import { genAi, mcp } from '../../telemetry/conventions.ts';
import type { About, ToolCall } from '../definitions/tool.ts';

export type OperationKind = 'tool' | 'resource' | 'prompt' | 'task';

/** What an operation leaves behind: nothing, work that changes no record, or changed records. */
export type Effects = 'reads' | 'works' | 'writes';

type Input = Readonly<Record<string, unknown>>;

export interface Confirmation {
  /** What the user has to agree to, in one sentence; undefined when the operation may run at once. */
  question(input: Input, call: ToolCall): Promise<string | undefined> | string | undefined;
  /** Whether this was carried out before under the same key: then nobody is asked. */
  isRepetition?(input: Input, call: ToolCall): Promise<boolean>;
}

/** One thing that a caller can ask for. All of them go through the same steps. */
export interface Operation<Result = unknown> {
  readonly kind: OperationKind;
  /** Of the tool, the prompt, or the document; of a task, what is done with it. */
  readonly name: string;
  /** The former name by which it was asked for. */
  readonly calledAs?: string;
  /** For people. */
  readonly title: string;
  /** What it is about: who is shown that may ask for it. */
  readonly offer: Offer;
  /** The arguments are checked against this before anything is done with them. */
  readonly input: z.ZodObject;
  readonly effects: Effects;
  /** Whose request a call is about; undefined when it is about nobody's. */
  about?(input: Input, call: ToolCall): Promise<About | undefined>;
  /** What a second person has to approve, in one sentence; undefined when nothing. See the tool's definition. */
  approval?(input: Input, call: ToolCall, above: number): Promise<string | undefined> | string | undefined;
  /** Without it the operation runs at once; what writes, an expert can still only propose. */
  readonly confirmation?: Confirmation;
  /** Longest time that it may take, in milliseconds; that of a tool when not said. */
  readonly timeoutMs?: number;
  /** It leaves no record: a part of a list, or what is asked at every key that a user types. */
  readonly isUnrecorded?: true;
  /** The last step: the call is allowed, its input checked and agreed to. */
  run(input: Input, call: ToolCall): Promise<Result>;
}

interface Naming {
  /** The method of the protocol. */
  readonly method: string;
  /** As log, audit trail and digests name it. */
  readonly subject: string;
  /** The attribute of telemetry that has the name. Not that of a resource: a client may ask for any, and each would be a series of its own. */
  readonly attribute?: string;
}

const namings: Readonly<Record<OperationKind, (name: string) => Naming>> = {
  tool: (name) => ({ method: 'tools/call', subject: name, attribute: genAi.tool }),
  resource: (name) => ({ method: 'resources/read', subject: `resource:${name}` }),
  prompt: (name) => ({ method: 'prompts/get', subject: `prompt:${name}`, attribute: genAi.prompt }),
  task: (name) => ({ method: `tasks/${name}`, subject: `tasks/${name}` }),
};

type Named = Pick<Operation, 'kind' | 'name'>;

/** An operation as log, audit trail and digests name it. */
export function subjectOf({ kind, name }: Named): string {
  return namings[kind](name).subject;
}

/** An operation as telemetry names it (OpenTelemetry conventions for MCP: method and target). */
export function telemetryOf({ kind, name }: Named): {
  readonly span: string;
  readonly attributes: Attributes;
} {
  const { method, attribute } = namings[kind](name);
  return attribute === undefined
    ? { span: method, attributes: { [mcp.method]: method } }
    : { span: `${method} ${name}`, attributes: { [mcp.method]: method, [attribute]: name } };
}
