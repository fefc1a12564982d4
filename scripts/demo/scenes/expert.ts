import { counted } from '#platform/counted';
import { progressLine } from '../../client/progress-line.ts';
import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** A care agent asks an expert and asks again, and the expert remembers. */
export async function expert(client: DemoClient, report: Report): Promise<void> {
  report.scene('An expert');
  const line = progressLine(process.stdout);
  const steps: string[] = [];
  const answer = await client.call(
    'ask_billing_expert',
    { question: 'Why is the last invoice of customer 251 so high?' },
    (progress, total, message) => {
      steps.push(message);
      line.show(progress, total, message);
    },
  );
  line.end();
  report.say(firstParagraph(answer.text));
  const citations = answer.data.citations as string[];
  report.check(`the expert looked things up (${counted(steps.length, 'step')})`, steps.length > 2);
  report.check(`and rests on ${citations.join(', ')}`, citations.includes('Data Overage Policy'));
  report.check(
    'what is outstanding is right',
    answer.text.includes('100.00') || answer.text.includes('80.00'),
  );

  const { conversation_id } = answer.data;
  const followUp = await client.call('ask_billing_expert', {
    question: 'And what can I do about it?',
    conversation_id,
  });
  report.say(firstParagraph(followUp.text));
  report.check(
    'the follow-up is about the same customer',
    followUp.data.status === 'done' && !followUp.refused,
  );
}

const firstParagraph = (text: string) => text.split('\n\n')[0] ?? '';
