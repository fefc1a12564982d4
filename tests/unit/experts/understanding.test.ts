import { expect, test } from 'vitest';
import { capabilities, fillers } from '#contoso/experts/offline/capabilities/index';
import { withoutRecords } from '#contoso/experts/offline/slots/names';
import { CapabilityIndex } from '#platform/experts/models/offline/capabilities';
import { understand } from '#platform/experts/models/offline/understanding';

const index = new CapabilityIndex(capabilities, fillers);

function understood(question: string, domain: string, ...earlier: readonly string[]) {
  const transcript = { question, earlier, outcomeOf: () => undefined, resumed: [] };
  return understand(transcript, { index, capabilities, bare: withoutRecords, domain });
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
  ['Which plans do you have?', 'products'],
  ['Run the diagnosis of my router', 'device'],
  ['How long does a refund take?', 'refund_time'],
  ['How long does my refund take?', 'refund'],
  ['What is the complaint procedure?', undefined],
  ['Write me a poem about routers', undefined],
  ['Who won the election?', undefined],
  ['outstandng balnce of custmer 17', 'balance'],
  ['Is roaming on for customer 4?', 'subscription'],
  ['Switch roaming on for customer 4', 'change_subscription'],
] as const)('"%s" is understood as %s', (question, name) => {
  expect(understood(question, 'billing').map((one) => one.name)).toEqual([name]);
});

test('a question that says too little is about what was asked before', () => {
  const [only] = understood('and what can I do about it?', 'billing', 'Why is my bill so high?');
  expect(only).toMatchObject({
    name: 'high_invoice',
    aspect: 'options',
    context: ['Why is my bill so high?'],
  });
});

test.each([
  ['254', 'account', 'Is the account locked?', 'locked'],
  ['and Velva Abshire?', 'billing', 'What does customer 13 owe?', 'balance'],
  ['and in December?', 'product', 'How much data did customer 7 use in November?', 'usage'],
  ['yes, both done', 'account', 'Please unlock customer 254', 'locked'],
] as const)('"%s" goes on with the question before', (question, domain, before, name) => {
  expect(understood(question, domain, before)).toMatchObject([
    { name, text: question, context: [before], aspect: 'everything' },
  ]);
});

test('what is clear for itself begins anew', () => {
  expect(understood('Which tickets are open?', 'product', 'What plan is customer 7 on?')).toMatchObject([
    { name: 'tickets', context: [] },
  ]);
});

test('two questions in one message are two', () => {
  const both = understood('What plan is customer 30 on, and are there any open tickets?', 'product');
  expect(both.map(({ name }) => name)).toEqual(['subscription', 'tickets']);
});
