import { monotonicNow } from '../../clock.ts';
import { Refused } from '../../errors.ts';
import type { ExpertDefinition } from '../definition.ts';
import type { FlowRules } from '../flow/rules.ts';
import { runExpert } from '../loop.ts';
import type { ChatModel, ExpertToolbox, HandedPart, Message, ToolRequest } from '../ports.ts';
import type { ExpertResult, Limits, Meter } from '../run-state.ts';

/** Most experts that wait for each other, the one that was asked among them. */
const mostWaiting = 3;
/** Most parts of one answer that are handed to others. */
const mostParts = 3;
/** Milliseconds below which nothing is begun any more. */
const leastTime = 1_000;

/** What an expert may hand to others; its toolbox asks. */
export interface Handing {
  /** Of the experts that may get a part: never one that waits for its answer. */
  readonly domains: readonly string[];
  /** @throws Refused when enough was handed over, or no time is left; what the run of that expert throws */
  handOver(
    domain: string,
    question: string,
    signal: AbortSignal,
    progress: (message: string) => void,
  ): Promise<HandedPart>;
}

/** One answer, as all experts have it that work on it. */
export interface Team {
  readonly experts: readonly ExpertDefinition[];
  /** The expert's tools for the caller. */
  readonly toolboxFor: (expert: ExpertDefinition, handing: Handing) => ExpertToolbox;
  readonly model: ChatModel;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** What was said before the question, oldest first. */
  readonly history: readonly Message[];
  /** In the person's own words. */
  readonly question: string;
  readonly citable: readonly string[];
  /** Counts the tokens of all of them. */
  readonly meter: Meter;
  /** See those of a run. */
  readonly rules?: FlowRules;
  /** What an expert reads before it begins. */
  readonly resumeOf: (expert: ExpertDefinition) => readonly ToolRequest[];
}

/** The handing over of the expert that was asked. */
export function handingOf(team: Team, asked: ExpertDefinition, limits: Limits): Handing {
  const count = { parts: 0 };
  return handingIn(team, [asked.domain], limits, count);
}

/** @param waiting domains of the experts that wait for the answer, the one that hands over last */
function handingIn(
  team: Team,
  waiting: readonly string[],
  limits: Limits,
  count: { parts: number },
): Handing {
  const started = monotonicNow();
  // One part after the other: what the first one spends, the next one has no more.
  let before: Promise<unknown> = Promise.resolve();
  const open =
    waiting.length < mostWaiting ? team.experts.filter((expert) => !waiting.includes(expert.domain)) : [];
  return {
    domains: open.map((expert) => expert.domain),
    handOver(domain, question, signal, progress) {
      const part = before.then(async () => {
        const expert = open.find((one) => one.domain === domain);
        const left = limits.hurryAfter - (monotonicNow() - started);
        if (expert === undefined || count.parts >= mostParts || left < leastTime) {
          throw new Refused('Nothing more can be handed over for this answer; say what stays open.');
        }
        count.parts += 1;
        const own = limitsOfPart(limits, left);
        const toolbox = team.toolboxFor(expert, handingIn(team, [...waiting, domain], own, count));
        const { model, today, citable, meter } = team;
        const messages = messagesOf(team, question);
        const resume = team.resumeOf(expert);
        const rules = team.rules && { rules: team.rules };
        const run = { expert, messages, citable, today, model, toolbox, resume, meter, ...rules };
        return partOf(domain, question, await runExpert({ ...run, limits: own, signal, progress }));
      });
      before = part.catch(() => {});
      return part;
    },
  };
}

/** The person's question stands before the part of it: it says what the part is about, and what was asked for. */
function messagesOf({ history, question }: Team, part: string): Message[] {
  const asked: Message = { role: 'user', text: question };
  return part.trim() === question.trim()
    ? [...history, asked]
    : [...history, asked, { role: 'handed', text: part }];
}

/** The one that waits needs time for its own answer. */
function limitsOfPart(limits: Limits, left: number): Limits {
  return { ...limits, hurryAfter: left * 0.6, milliseconds: left * 0.9 };
}

function partOf(domain: string, question: string, { answer, runs }: ExpertResult): HandedPart {
  return { domain, question, answer, runs };
}
