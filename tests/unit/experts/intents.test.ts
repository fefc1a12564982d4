import { expect, test } from 'vitest';
import { intents } from '#contoso/experts/offline/intents';
import { understand } from '#platform/experts/models/offline/intents';
import type { Transcript } from '#platform/experts/models/offline/transcript';

function asked(question: string, ...earlier: readonly string[]): Transcript {
  return { question, earlier, outcomeOf: () => undefined, resumed: [] };
}

test.each([
  ['Why did my bill go up? It is twice the usual', 'high_invoice'],
  ['I was overcharged on my invoice', 'high_invoice'],
  ['Our service got suspended because the card was declined', 'suspended'],
  ['I gave back the phone, when do I get my money back?', 'refund'],
  ['Please pay 20.00 on invoice 17', 'pay'],
  ['How much do I owe?', 'balance'],
  ['I am locked out of my account', 'locked'],
  ["I can't log in since this morning", 'locked'],
  ['Netflix keeps buffering, the wifi is slow', 'slow_service'],
  ['I will be travelling to Japan next week', 'roaming'],
  ['Any special offers for me?', 'promotions'],
  ['My calls get cut off all the time', 'dropped_calls'],
  ['Which plans do you have?', 'plans'],
  ['Run the diagnosis of my router', 'device'],
  ['What is the complaint procedure?', 'policy'],
  ['How long does a refund take?', 'policy'],
  ['How long does my refund take?', 'refund'],
] as const)('"%s" is understood as %s', (question, intent) => {
  expect(understand(asked(question), 'billing', intents).intent).toBe(intent);
});

test('a question that says too little is about what was asked before', () => {
  const understood = understand(
    asked('and what can I do about it?', 'Why is my bill so high?'),
    'billing',
    intents,
  );
  expect(understood).toMatchObject({ intent: 'high_invoice', aspect: 'options' });
});

test('a bare customer number goes on with the question before', () => {
  const understood = understand(asked('254', 'Is the account locked?'), 'account', intents);
  expect(understood).toMatchObject({ intent: 'locked', aspect: 'everything' });
});
