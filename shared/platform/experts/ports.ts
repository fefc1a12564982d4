import type { Confidentiality, Labels } from '../mcp/definitions/labels.ts';
import type { FinalAnswer } from './answer.ts';

/** A tool as a model sees it. */
export interface ToolSpec {
  readonly name: string;
  /** What it was called before: a conversation may still have it. Models are not told. */
  readonly formerNames?: readonly string[];
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** What is being done while it works, in words for somebody who waits; models are not told. */
  readonly working?: string;
  /** How confidential its arguments may be; models are not told. `private` when left out. */
  readonly maxAllowedConfidentiality?: Confidentiality;
}

/** A change that an expert would make; it happens only when the caller calls the tool or confirms. */
export interface ProposedAction {
  /** Of the expert that would make it. */
  readonly domain: string;
  /** One sentence for the caller. */
  readonly description: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Where the wish for it comes from, for whoever has to agree; see `Flow`. */
  readonly wish?: string | undefined;
}

/** What became of a change that the person was asked about. */
export interface DecidedChange {
  readonly change: ProposedAction;
  /** `waits`: for a second person, who decides elsewhere. */
  readonly outcome: 'done' | 'refused' | 'failed' | 'waits';
  /** What was done, or why not, for the person. */
  readonly sentence: string;
  /** Id of the question, where its answer came with a request of its own: whoever sends that again decides nothing. */
  readonly question?: string | undefined;
}

export type ToolOutcome =
  /** `part` is there when another expert answered. What has no labels can be relied on by nobody. */
  | {
      readonly kind: 'ok';
      readonly data: unknown;
      readonly summary: string;
      readonly labels?: Labels;
      readonly part?: HandedPart;
    }
  /** `message` is a sentence that the caller may read; `task` names what goes on all the same. */
  | { readonly kind: 'error'; readonly message: string; readonly task?: string }
  /** Nothing was changed: the caller has to agree first. */
  | { readonly kind: 'confirmation_required'; readonly message: string; readonly action: ProposedAction };

/** A part of a question that one expert handed to another. */
export interface HandedPart extends Handed {
  readonly answer: FinalAnswer;
  /** The calls that it made. */
  readonly runs: readonly ToolRun[];
}

/** Who was handed what. */
export interface Handed {
  /** Of the expert that answered. */
  readonly domain: string;
  /** The part, in the words of the expert that handed it over. */
  readonly question: string;
}

/** A call and what became of it. */
export interface ToolRun {
  readonly request: ToolRequest;
  readonly outcome: ToolOutcome;
}

/** The tools that an expert may use for one caller: its domain's, cut to what the caller may do. */
export interface ExpertToolbox {
  readonly definitions: readonly ToolSpec[];
  /**
   * Runs a tool as the caller: same tenant, same permissions, same audit. Business failures are outcomes; it throws
   * only when the signal aborts or something is broken.
   * @param progress what a long-running tool says about its own progress
   * @param wish where the wish for the call comes from; a change that has one needs a confirmation that shows it
   */
  call(
    name: string,
    args: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    progress: (message: string) => void,
    wish?: string,
  ): Promise<ToolOutcome>;
}

/** Ids of calls that were made before the model was asked begin with it. */
export const resumedPrefix = 'resumed-';

/** A tool call as a model wrote it. The arguments are text: models write broken JSON at times. */
export interface ToolRequest {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
}

export type Message =
  /** What the person said. */
  | { readonly role: 'user'; readonly text: string }
  /** What the loop tells the model. */
  | { readonly role: 'note'; readonly text: string }
  /** A summary of what was said earlier: untrusted data, whoever said it. */
  | { readonly role: 'earlier'; readonly text: string }
  /** The part of the question that another expert hands over: words of a model, which allow nothing. */
  | { readonly role: 'handed'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolRequest[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

export interface ModelRequest {
  readonly domain: string;
  /** What the expert is, what it may do, and the day; fixed for a run. */
  readonly instructions: string;
  /** `YYYY-MM-DD`; in the instructions too, here for models that do not read prose. */
  readonly today: string;
  /** Oldest first; the last one is what to react to. */
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Whether this turn must answer with what is known: no tool may be called. */
  readonly last: boolean;
  /** JSON Schema of the final answer. */
  readonly answerSchema: Readonly<Record<string, unknown>>;
}

export interface ModelTurn {
  /** The final answer, or what was said beside the calls. */
  readonly text: string;
  /** Empty when the turn is the final answer. */
  readonly calls: readonly ToolRequest[];
  readonly usage: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    /** Those of the input that the server had in its cache; left out where it names none. */
    readonly cachedTokens?: number;
  };
  /** Name of the model that answered, as the caller is told. */
  readonly model: string;
  /** As the service reports it, such as `stop` or `tool_calls`; for the log. */
  readonly finishReason: string;
}

export interface ChatModel {
  /**
   * One turn.
   * @throws Unavailable when the service is busy, does not answer or refuses this deployment
   * @throws Refused when its content filter refuses, or when the turn does not fit its limits
   */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelTurn>;
  /** There is one when a model goes on from more than a turn shows. */
  readonly recall?: TurnMemory;
}

/** Carries what a model keeps of a turn, such as its encrypted thoughts, to another process. It is for that model alone. */
export interface TurnMemory {
  /** What is kept beside the turn, as JSON; undefined when nothing is. */
  of(turn: ModelTurn): unknown;
  /** Keeps that beside a turn that was read again; what it cannot read is left out. */
  restore(turn: ModelTurn, kept: unknown): void;
}

/** One question and its answer. What the tools returned is not kept: it is read again when it is needed again. */
export interface ConversationTurn {
  readonly question: string;
  readonly answer: string;
  readonly status: 'done' | 'needs_input' | 'error';
  /** Titles of documents. */
  readonly citations: readonly string[];
  /** Tasks that went on when it was answered; none when left out. */
  readonly tasks?: readonly string[] | undefined;
  /** Changes that waited for the person's agreement when it was answered; none when left out. */
  readonly waiting?: readonly ProposedAction[] | undefined;
  /** Changes that the person was asked about so far, when this turn says what became of them. */
  readonly decided?: readonly DecidedChange[] | undefined;
}

export interface Conversation {
  readonly domain: string;
  /** What was said in turns that are no longer kept; empty at first. */
  readonly summary: string;
  /** Oldest first. */
  readonly turns: readonly ConversationTurn[];
}

/** A conversation as it was read, to be saved against. */
export interface StoredConversation {
  readonly id: string;
  readonly conversation: Conversation;
  readonly etag: string;
  /** Rows that hold its text. */
  readonly chunks: number;
}

/** The conversations of one user of one tenant. There is no way to list them. */
export interface ConversationStore {
  /** @throws NotFound for an id that is unknown, expired, or of somebody else: always the same sentence */
  load(id: string): Promise<StoredConversation>;
  /** Keeps a new conversation; returns its id. */
  create(conversation: Conversation): Promise<string>;
  /** @throws Conflict when another question of the same conversation was answered since `stored` was read */
  save(stored: StoredConversation, conversation: Conversation): Promise<void>;
}
