import { counted } from '#platform/counted';
import type { Known, ModelTrial } from '../evidence.ts';
import { type Finding, fail, pass, type Status, warn } from '../finding.ts';
import { type Check, given, names } from './check.ts';

export const modelAnswers: Check = {
  id: 'agentic.model-answers',
  group: 'Agentic',
  title: 'Each language model answers a question in two turns',
  judge({ model, otherModels }) {
    const others = otherModels.map(({ which, trial }) => {
      const found = judgeTrial(trial);
      return { ...found, reason: `${which}: ${found.reason}` };
    });
    const all = [judgeTrial(model), ...others];
    const worst = all.reduce((one, other) => (gravity[other.status] > gravity[one.status] ? other : one));
    const alike = all.filter(({ status }) => status === worst.status);
    return { ...worst, reason: alike.map(({ reason }) => reason).join(' ') };
  },
};

/** What one model failed at is not made good by another. */
const gravity: Readonly<Record<Status, number>> = { fail: 3, warn: 2, skipped: 1, pass: 0 };

function judgeTrial(model: Known<ModelTrial>): Finding {
  if ('problem' in model) {
    return fail(model.problem, 'See "Servers differ" and "Addresses and clouds" in docs/experts.md.');
  }
  return given(model, ({ model: name, turns, calledTool, answered, embeds, leftOut }) => {
    if (!answered) {
      return fail(
        `${name} came to no answer that could be used, in ${counted(turns, 'turn')}.`,
        'Take a model that knows tools and keeps to a JSON object; for one that reasons, raise MODEL_TURN_TOKENS.',
      );
    }
    if (!calledTool) {
      return warn(
        `${name} answered without calling the tool that it was told to call.`,
        'Take a model that knows tools, and switch them on where its server has a switch for them.',
      );
    }
    const without = leftOut.length === 0 ? '' : `; its server refuses ${names(leftOut)}, which is left out`;
    return pass(
      `${name} answered in ${counted(turns, 'turn')}${embeds ? ', and texts were embedded' : ''}${without}.`,
    );
  });
}
