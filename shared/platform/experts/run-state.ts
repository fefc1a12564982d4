import { monotonicNow } from '../clock.ts';
import { type FinalAnswer, finalAnswerSchema } from './answer.ts';
import type { ExpertDefinition } from './definition.ts';
import { type Verdict, weigh } from './evidence.ts';
import { labelRules } from './flow/label-rules.ts';
import type { Flow, FlowRules } from './flow/rules.ts';
import { partialAnswer, withTasks } from './partial-answer.ts';
import type {
  ChatModel,
  ExpertToolbox,
  Handed,
  Message,
  ModelTurn,
  ProposedAction,
  ToolRequest,
  ToolRun,
} from './ports.ts';
import { answeredParts, everyRun, handedIn, openParts } from './team/parts.ts';
import { wrapToolData } from './tool-data.ts';
import { runTools } from './tool-runner.ts';
import { withOpenParts, withoutEvidence, withUnanswered } from './unanswered.ts';

export interface Limits {
  /** Turns of the model, the repair of a malformed answer not counted. */
  readonly turns: number;
  /** Tokens of all turns; once they are spent, the next turn is the last one. */
  readonly tokens: number;
  /** Milliseconds after which no tool is waited for, and the next turn is the last one. */
  readonly hurryAfter: number;
  /** Milliseconds after which the answer is what is known by then. */
  readonly milliseconds: number;
}

export const defaultLimits: Limits = {
  turns: 8,
  tokens: 120_000,
  hurryAfter: 75_000,
  milliseconds: 100_000,
};

/** The bounds of an answer that its caller waits for, within so many milliseconds; the rest is for keeping and sending it. */
export function limitsWithin(milliseconds: number): Limits {
  return { ...defaultLimits, hurryAfter: milliseconds * 0.6, milliseconds: milliseconds * 0.9 };
}

/** Counts the turns and tokens of one answer, of all experts that work on it. */
export interface Meter {
  turns: number;
  inputTokens: number;
  outputTokens: number;
  /** Those of the input that servers had in their cache. */
  cachedTokens: number;
}

export function newMeter(): Meter {
  return { turns: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0 };
}

export interface ExpertRun {
  readonly expert: ExpertDefinition;
  /** Earlier turns and the question, oldest first. */
  readonly messages: readonly Message[];
  /** Titles of documents that earlier answers of the conversation rest on. */
  readonly citable: readonly string[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly model: ChatModel;
  readonly toolbox: ExpertToolbox;
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
  /** Called once for each tool call, in plain words. */
  readonly progress: (message: string) => void;
  /** Calls that are made before the first turn, as if the model had asked for them. */
  readonly resume?: readonly ToolRequest[];
  readonly limits?: Limits;
  /** That of the answer that this is a part of; one of its own when left out. */
  readonly meter?: Meter;
  /** What may become of what was read; by its labels when left out. */
  readonly rules?: FlowRules;
}

export interface ExpertResult {
  readonly answer: FinalAnswer;
  /** Changes that wait for the caller's agreement. */
  readonly proposals: readonly ProposedAction[];
  /** What goes on although the answer is given. */
  readonly tasks: readonly string[];
  /** Parts that others answered, in their order. */
  readonly handed: readonly Handed[];
  readonly runs: readonly ToolRun[];
  readonly model: string;
  /** Counts and names only: fit for the log. */
  readonly statistics: {
    readonly turns: number;
    readonly tools: readonly string[];
    readonly inputTokens: number;
    readonly outputTokens: number;
    /** Those of the input that the model's server had in its cache. */
    readonly cachedTokens: number;
  };
}

/** What grows during a run. */
export class RunState {
  readonly messages: Message[];
  readonly #run: ExpertRun;
  readonly #limits: Limits;
  readonly #signal: AbortSignal;
  readonly #hurry: AbortSignal;
  readonly #started = monotonicNow();
  readonly #meter: Meter;
  #answeredBy = 'none';
  readonly #toolRuns: ToolRun[] = [];
  readonly #flow: Flow;

  /**
   * @param signal aborts when the run is over
   * @param hurry aborts when there is only time for the last turn
   */
  constructor(run: ExpertRun, limits: Limits, signal: AbortSignal, hurry: AbortSignal) {
    this.messages = [...run.messages];
    this.#run = run;
    this.#meter = run.meter ?? newMeter();
    this.#limits = limits;
    this.#signal = signal;
    this.#hurry = hurry;
    this.#flow = (run.rules ?? labelRules).open(run.messages);
  }

  isSpent(): boolean {
    const { inputTokens, outputTokens } = this.#meter;
    return (
      // both are checked, because a timer may fire a moment early
      this.#hurry.aborted ||
      inputTokens + outputTokens >= this.#limits.tokens ||
      monotonicNow() - this.#started >= this.#limits.hurryAfter
    );
  }

  async complete({ last }: { readonly last: boolean }): Promise<ModelTurn> {
    const { expert, today, toolbox, model } = this.#run;
    this.#signal.throwIfAborted();
    const turn = await model.complete(
      {
        domain: expert.domain,
        today,
        instructions: `${expert.instructions}\n\nToday is ${today}.`,
        messages: this.messages,
        tools: toolbox.definitions,
        last,
        answerSchema: finalAnswerSchema,
      },
      this.#signal,
    );
    this.#answeredBy = turn.model;
    this.#meter.turns += 1;
    this.#meter.inputTokens += turn.usage.inputTokens;
    this.#meter.outputTokens += turn.usage.outputTokens;
    this.#meter.cachedTokens += turn.usage.cachedTokens ?? 0;
    return turn;
  }

  async callTools(text: string, calls: ModelTurn['calls']): Promise<void> {
    const { toolbox, progress } = this.#run;
    const untilHurry = AbortSignal.any([this.#signal, this.#hurry]);
    const runs = await runTools(calls, toolbox, untilHurry, progress, this.#flow);
    this.#flow.read(runs);
    this.#toolRuns.push(...runs);
    this.messages.push(
      { role: 'assistant', text, calls },
      ...runs.map(
        ({ request, outcome }): Message => ({
          role: 'tool',
          callId: request.id,
          text: wrapToolData(outcome),
        }),
      ),
    );
  }

  /** Whether an answer that says it is done rests on something that was looked up for this question. */
  isSupported(answer: FinalAnswer): boolean {
    return answer.status !== 'done' || this.#proposals().length > 0 || this.#weigh(answer).supported;
  }

  /** Hands an answer back with what is wrong with it. */
  remind(answer: FinalAnswer, note: string): void {
    this.messages.push(
      { role: 'assistant', text: JSON.stringify(answer), calls: [] },
      { role: 'note', text: note },
    );
  }

  /** The answer when the time is over before the model gave one. */
  partial(): ExpertResult {
    return this.#withWhatGoesOn(partialAnswer(this.#toolRuns.map(({ outcome }) => outcome)));
  }

  /** The answer as the caller gets it: what nothing supports is not handed on. */
  result(answer: FinalAnswer): ExpertResult {
    if (!this.isSupported(answer)) {
      return this.#withWhatGoesOn(withoutEvidence(this.#run.expert));
    }
    const overlooked = answer.status === 'done' ? this.#weigh(answer).overlooked : [];
    const open = withOpenParts(answer, openParts(this.#toolRuns));
    return this.#withWhatGoesOn(withUnanswered(open, overlooked));
  }

  #proposals(): ProposedAction[] {
    return everyRun(this.#toolRuns).flatMap(({ outcome }) =>
      outcome.kind === 'confirmation_required' ? [outcome.action] : [],
    );
  }

  #weigh(answer: FinalAnswer): Verdict {
    const { expert, messages, citable } = this.#run;
    const asked = messages.findLast((message) => message.role === 'user' || message.role === 'handed');
    const question = asked !== undefined && 'text' in asked ? asked.text : '';
    const runs = answeredParts(this.#toolRuns);
    return weigh(answer, { question, records: expert.records, runs, citable });
  }

  #withWhatGoesOn(answer: FinalAnswer): ExpertResult {
    const proposals = this.#proposals();
    const runs = everyRun(this.#toolRuns);
    const tasks = runs.flatMap(({ outcome }) =>
      outcome.kind === 'error' && outcome.task !== undefined ? [outcome.task] : [],
    );
    const found = new Set([...this.#run.citable, ...this.#flow.citable(runs)]);
    const cited = answer.citations.filter((title) => found.has(title));
    return {
      answer: withTasks(
        {
          ...answer,
          status: proposals.length > 0 && answer.status === 'done' ? 'needs_input' : answer.status,
          citations: cited,
        },
        tasks,
        this.#run.expert.resume,
      ),
      proposals,
      tasks,
      handed: handedIn(this.#toolRuns),
      runs: this.#toolRuns,
      model: this.#answeredBy,
      statistics: {
        tools: runs.map(({ request }) => request.name),
        ...this.#meter,
      },
    };
  }
}
