import * as z from 'zod';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { type Ask, NeedsInput, one, type Steps, ToolProblem } from '#platform/experts/models/offline/steps';

const report = z.object({
  device_name: z.string(),
  status: z.string(),
  summary: z.string(),
  findings: z.array(z.unknown()),
  actions_taken: z.array(z.unknown()),
});

const devicePattern =
  /\b(?:my|the|a|of|customer's)\s+((?:[\w-]+\s+){0,2}(?:router|modem|phone|tablet|extender|laptop|decoder))\b/i;
/** Most characters that the job takes as detail. */
const longestDetail = 500;

/** A fault of one device: the diagnosis is a job of its own, which reports its progress. */
export function* device({ transcript }: Case): Steps<Draft> {
  const [before] = transcript.resumed;
  if (before !== undefined) {
    if (before.outcome !== 'ok') {
      throw new ToolProblem(before.message);
    }
    return toDraft(report.parse(before.data));
  }
  const name = devicePattern.exec(transcript.question)?.[1];
  if (name === undefined) {
    throw new NeedsInput(
      'The question does not name the device.',
      'Which device is it, and what does it do or not do?',
    );
  }
  return toDraft(yield* one(troubleshoot(name, transcript.question)));
}

function toDraft({ device_name, status, summary, findings, actions_taken }: z.output<typeof report>): Draft {
  return {
    status: 'done',
    headline: `Diagnosis of ${device_name} (${status}): ${summary}`,
    findings: findings.map(asText),
    options: actions_taken.map(asText),
  };
}

function troubleshoot(name: string, question: string): Ask<z.output<typeof report>> {
  const args = { device_name: name, detail: question.slice(0, longestDetail) };
  return { name: 'trouble_shoot_device', args, read: (data) => report.parse(data) };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
