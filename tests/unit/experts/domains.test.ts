import { expect, test } from 'vitest';
import { permissionsOf } from '../../../shared/access/roles.ts';
import { type Domain, domainDefinitions, domains } from '../../../shared/experts/domains.ts';
import { progressSentence } from '../../../shared/experts/progress.ts';
import { toolSpec, toolsFor } from '../../../shared/experts/tool-specs.ts';
import { businessTools } from '../../../shared/tools/index.ts';

function toolNames(domain: Domain, roles: readonly string[]): string[] {
  return toolsFor(domain, permissionsOf(roles), businessTools).map(({ name }) => name);
}

test('every tool of a domain exists', () => {
  const known = [...businessTools.map(({ name }) => name), 'trouble_shoot_device'];
  for (const domain of domains)
    expect(known).toEqual(expect.arrayContaining([...domainDefinitions[domain].tools]));
});

test('no expert has all tools, and what is risky has one owner', () => {
  const owners = (tool: string) => domains.filter((domain) => domainDefinitions[domain].tools.includes(tool));
  expect(owners('pay_invoice')).toEqual(['billing']);
  expect(owners('unlock_account')).toEqual(['account']);
  expect(owners('get_security_logs')).toEqual(['account']);
  expect(owners('update_subscription')).toEqual(['product']);
  expect(owners('trouble_shoot_device')).toEqual(['product']);
});

test.each(domains)('the %s expert of a reader has no tool that changes anything', (domain) => {
  const tools = toolsFor(domain, permissionsOf(['query']), businessTools);
  expect(tools.length).toBeGreaterThan(2);
  expect(tools.filter(({ annotations }) => !annotations.readOnlyHint)).toEqual([]);
});

test('what the caller may not do, the expert does not see', () => {
  expect(toolNames('account', ['query'])).not.toContain('get_security_logs');
  expect(toolNames('account', ['security'])).toContain('get_security_logs');
  expect(toolNames('billing', ['query', 'billing'])).toContain('pay_invoice');
  expect(toolNames('billing', [])).toEqual([]);
});

test('a tool is described to models by its name, description and JSON Schema', () => {
  const payInvoice = businessTools.find(({ name }) => name === 'pay_invoice');
  expect(payInvoice && toolSpec(payInvoice)).toMatchObject({
    name: 'pay_invoice',
    inputSchema: { type: 'object', required: ['invoice_id', 'amount'], additionalProperties: false },
  });
});

test('every tool has a sentence for those who wait', () => {
  for (const tool of domains.flatMap((domain) => domainDefinitions[domain].tools)) {
    expect(progressSentence(tool)).not.toBe(progressSentence('unknown'));
  }
});

test('instructions have a version that changes with them', () => {
  const versions = domains.map((domain) => domainDefinitions[domain].version);
  expect(new Set(versions).size).toBe(3);
  for (const version of versions) expect(version).toMatch(/^[0-9a-f]{12}$/);
});
