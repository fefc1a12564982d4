import { counted } from '#platform/counted';
import { progressLine } from '../../client/progress-line.ts';
import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** A long job, followed on the caller's own stream. */
export async function troubleshooting(client: DemoClient, report: Report): Promise<void> {
  report.scene('A long job with live progress');
  const line = progressLine(process.stdout);
  const seen: number[] = [];
  const answer = await client.call(
    'trouble_shoot_device',
    { detail: 'Pages load slowly in the evening.', device_name: 'router-7', subscription_id: 252 },
    (progress, total, message) => {
      seen.push(progress);
      line.show(progress, total, message);
    },
  );
  line.end();
  report.say(answer.text);
  report.check(
    `${counted(seen.length, 'progress value')}, only rising`,
    seen.length > 5 && seen.every((value, index) => index === 0 || value > (seen[index - 1] ?? 0)),
  );
  report.check(`the job ends with "${answer.data.status}"`, answer.data.status === 'attention_needed');
}
