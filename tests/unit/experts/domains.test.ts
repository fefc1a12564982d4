import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { permissionsOf } from '#contoso/access/roles';
import { contoso } from '#contoso/business';
import { type Domain, domainDefinitions, domains } from '#contoso/experts/domains';
import { businessTools } from '#contoso/tools/index';
import { allCases } from '#evals/cases/index';
import { companyData } from '#evals/companies';
import { openToAll } from '#platform/access/by-role';
import { endpointOfExpert } from '#platform/access/offer';
import { versionOf } from '#platform/experts/definition';
import { toolSpec } from '#platform/experts/tool-specs';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { offersOf } from '#platform/offers';
import { projectDir } from '#scripts/lib/project-dir';

const cases = allCases({ contoso: companyData('contoso'), fabrikam: companyData('fabrikam') });

/** The tools of the business that the expert has for a caller with these roles. */
function toolsOf(domain: Domain, roles: readonly string[]): readonly AnyTool[] {
  const { tools } = offersOf({ ...contoso, askTools: [], jobTools: [], jobReaders: [] });
  return openToAll(tools, permissionsOf(roles), endpointOfExpert(domain)).map(({ thing }) => thing);
}

const toolNames = (domain: Domain, roles: readonly string[]) =>
  toolsOf(domain, roles).map(({ name }) => name);

test('every tool of a domain exists', () => {
  const known = [...businessTools.map(({ name }) => name), 'trouble_shoot_device', 'get_diagnosis'];
  for (const domain of domains) {
    expect(known).toEqual(expect.arrayContaining([...domainDefinitions[domain].tools]));
  }
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
  const tools = toolsOf(domain, ['query']);
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

test.each(businessTools)('$name says what it does to those who wait', ({ name, progress = '' }) => {
  expect(progress, `${name} has no progress sentence: add one to its definition.`).toMatch(/^\p{Lu}.*[^.]$/u);
});

test.each(domains)('the %s expert is evaluated', (domain) => {
  const { askTool } = domainDefinitions[domain];
  const told = cases
    .filter((one) => one.domain === domain)
    .flatMap(({ turns }) => turns.flatMap(({ expect: { requiredFacts = [] } }) => requiredFacts));
  expect(
    told,
    `${askTool} has no case in evals/cases/ that says what an answer must tell: add one.`,
  ).not.toEqual([]);
});

test.each(domains)('the %s expert is explained', async (domain) => {
  const { askTool } = domainDefinitions[domain];
  const page = await readFile(path.join(projectDir, 'docs/experts.md'), 'utf8');
  expect(page, `docs/experts.md does not tell of ${askTool}: add it.`).toContain(`\`${askTool}\``);
});

test('the experts know of each other', () => {
  for (const domain of domains) {
    const others = domains
      .filter((other) => other !== domain)
      .map((other) => domainDefinitions[other].askTool);
    for (const other of others) {
      expect(domainDefinitions[domain].instructions).toContain(other);
    }
    expect(domainDefinitions[domain].instructions).not.toContain(domainDefinitions[domain].askTool);
  }
});

test('every file that defines an expert is listed', async () => {
  const files = await readdir(path.join(projectDir, 'shared/contoso/experts'));
  const others = ['common.ts', 'define.ts', 'domains.ts'];
  for (const file of files.filter((name) => name.endsWith('.ts') && !others.includes(name))) {
    const advice = `shared/contoso/experts/${file} defines an expert that shared/contoso/experts/domains.ts does not list: add it.`;
    expect(domains, advice).toContain(path.basename(file, '.ts'));
  }
});

test('instructions have a version that changes with them', () => {
  const versions = domains.map((domain) => versionOf(domainDefinitions[domain]));
  expect(new Set(versions).size).toBe(domains.length);
  for (const version of versions) {
    expect(version).toMatch(/^[0-9a-f]{12}$/);
  }
});
