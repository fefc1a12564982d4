import { expect, it } from 'vitest';
import { businessPrompts } from '#contoso/prompts/index';
import { businessTools } from '#contoso/tools/index';

const permissionOfTool = new Map(businessTools.map(({ name, permission }) => [name, permission]));

/** Fields and arguments that prompts speak of. */
const fields = [
  'customer_id',
  'subscription_id',
  'service_status',
  'service_incidents',
  'data_cap_gb',
  'open_only',
];

const wordings = businessPrompts.flatMap((prompt) => [
  {
    name: `${prompt.name}, all arguments`,
    prompt,
    text: prompt.text({ customer_id: 7, subscription_id: 12 }),
  },
  { name: `${prompt.name}, fewest arguments`, prompt, text: prompt.text({ customer_id: 7 }) },
]);

it.each(wordings)('$name names tools that exist, among them one with its permission', ({ prompt, text }) => {
  const words = text.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
  const tools = words.filter((word) => !fields.includes(word));
  expect(tools.filter((tool) => !permissionOfTool.has(tool))).toEqual([]);
  expect(tools.map((tool) => permissionOfTool.get(tool))).toContain(prompt.permission);
});

it.each(wordings)('$name says what was filled in, and nothing undefined', ({ text }) => {
  expect(text).toContain('customer 7');
  expect(text).not.toMatch(/undefined|\[object|\$\{/);
});
