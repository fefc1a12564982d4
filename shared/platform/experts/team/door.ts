import * as z from 'zod';
import type { Permission } from '../../access/permissions.ts';
import { Refused } from '../../errors.ts';
import { type AnyTool, defineTool, type ToolCall } from '../../mcp/definitions/tool.ts';
import type { Question } from '../ask.ts';
import { askToolOf, type ExpertDefinition } from '../definition.ts';
import { answerFor, asking, type ExpertToolsDependencies, outputOf, whileTelling } from '../expert-tools.ts';
import { newMeter } from '../run-state.ts';
import type { Router } from './router.ts';

/** The tool through which all experts can be asked, as a business words it. */
export interface Door {
  readonly title: string;
  /** For whoever chooses a tool. */
  readonly description: string;
  /** Who may use it; whom they reach through it, each expert's own permission decides. */
  readonly permission: Permission;
  /** A question that is answered. */
  readonly example: string;
}

export interface DoorDependencies extends ExpertToolsDependencies {
  /** That of the caller's tenant. */
  readonly routerFor: (call: ToolCall) => Router;
  /** Whether the caller may ask that expert. */
  readonly mayAsk: (call: ToolCall, expert: ExpertDefinition) => boolean;
}

export const doorToolName = 'ask_expert';

/** What a business has for its door: no tool, or one. */
export function doorTools(
  { door, experts }: { readonly door?: Door; readonly experts: readonly ExpertDefinition[] },
  dependencies: DoorDependencies,
): readonly AnyTool[] {
  return door === undefined ? [] : [doorTool(door, experts, dependencies)];
}

/** One tool for all experts: it finds the one whose matter the question is, and says why. */
function doorTool(
  { title, description, permission, example }: Door,
  experts: readonly ExpertDefinition[],
  dependencies: DoorDependencies,
): AnyTool {
  return defineTool({
    ...asking,
    name: doorToolName,
    title,
    description,
    permission,
    example: () => ({ question: example }),
    output: outputOf(experts).extend({
      why: z.string().describe('Why the expert named in domain answered.'),
    }),
    handler: (asked, call) =>
      whileTelling(call, async (progress) => {
        let why = '';
        const choosing = async () => {
          const chosen = await choose(asked, call, experts, dependencies);
          progress(`Asking the ${chosen.expert.domain} expert`);
          why = chosen.why;
          return { ...chosen, question: asked.question };
        };
        return { ...(await answerFor(call, choosing, progress, experts, dependencies)), why };
      }),
    summary: ({ answer }) => answer,
  });
}

type Asked = z.output<(typeof asking)['input']>;
type Choice = Omit<Question, 'question'> & { readonly why: string };

/** @throws Refused when the question is a matter of experts that the caller may not ask */
function choose(
  { question, conversation_id: id }: Asked,
  call: ToolCall,
  experts: readonly ExpertDefinition[],
  dependencies: DoorDependencies,
): Promise<Choice> {
  return id === undefined
    ? routed(question, call, experts, dependencies)
    : resumed(id, call, experts, dependencies);
}

async function routed(
  question: string,
  call: ToolCall,
  experts: readonly ExpertDefinition[],
  { routerFor, mayAsk }: DoorDependencies,
): Promise<Choice> {
  const { domains, why, usage } = await routerFor(call).route(question, experts, call.signal);
  const fitting = domains.flatMap((domain) => experts.filter((expert) => expert.domain === domain));
  const expert = fitting.find((one) => mayAsk(call, one));
  return {
    expert: expert ?? refuse(fitting),
    why,
    meter: { ...newMeter(), ...(usage && { turns: 1, ...usage }) },
  };
}

/** A conversation goes on with the expert that it began with; what is not its matter, that one hands on. */
async function resumed(
  id: string,
  call: ToolCall,
  experts: readonly ExpertDefinition[],
  { conversationsFor, mayAsk }: DoorDependencies,
): Promise<Choice> {
  const stored = await conversationsFor(call).load(id);
  const fitting = experts.filter(({ domain }) => domain === stored.conversation.domain);
  const expert = fitting.find((one) => mayAsk(call, one));
  return { expert: expert ?? refuse(fitting), stored, why: 'The conversation is with this expert.' };
}

function refuse([first]: readonly ExpertDefinition[]): never {
  if (first === undefined) {
    throw new Refused('The expert of this conversation is not there any more; ask without conversation_id.');
  }
  const { topics, domain, permission } = first;
  throw new Refused(
    `This is a matter of ${topics}, for which ${askToolOf(domain)} is there. You need the permission ${permission} for it; ask your administrator for a role that has it.`,
  );
}
