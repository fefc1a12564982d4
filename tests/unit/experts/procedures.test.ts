import { describe, expect, it, test } from 'vitest';
import { permissionsOf, type Role, roles } from '#contoso/access/roles';
import { contoso } from '#contoso/business';
import { domainDefinitions, domains } from '#contoso/experts/domains';
import { procedures } from '#contoso/procedures/index';
import { businessTools } from '#contoso/tools/index';
import { companyData } from '#evals/companies';
import { exposureOf, openTo, viewerAt } from '#platform/access/exposure';
import { actors } from '#platform/identity/actor';
import { tenantId } from '#platform/identity/tenant';
import { describeOffers, offersOf } from '#platform/offers';
import { readKnowledge } from '#seed/knowledge';

const documents = readKnowledge('Contoso');
const tenant = tenantId('contoso');
const offers = describeOffers(contoso, [tenant]);

describe.each(procedures.map((procedure) => [procedure.name, procedure] as const))(
  '%s',
  (_name, procedure) => {
    it('names in its steps those tools that it says it uses, and no other', () => {
      const named = [...procedure.text.matchAll(/`([a-z_]+)`/g)].map(([, tool]) => tool);
      expect([...new Set(named)].sort()).toEqual([...procedure.tools].sort());
    });

    it('rests on documents that there are', () => {
      const titles = documents.map(({ title }) => title);
      expect(titles).toEqual(expect.arrayContaining(Object.values(procedure.documents)));
    });

    it('is followed by one expert, who has all its tools', () => {
      const followers = domains.filter((domain) =>
        domainDefinitions[domain].instructions.includes(procedure.text),
      );
      expect(followers).toHaveLength(1);
      for (const domain of followers) {
        expect(domainDefinitions[domain].tools).toEqual(expect.arrayContaining([...procedure.tools]));
      }
    });

    it('is there for whoever may use all its tools, and for nobody else', () => {
      const offer = offers.skills.find(({ thing }) => thing.name === procedure.name);
      const callers = combinations.flatMap((held) => actors.map((actor) => ({ held, actor })));
      for (const { held, actor } of callers) {
        const viewer = viewerAt('mcp', { permissions: permissionsOf(held), tenant, actor });
        const usable = openTo(offers.tools, viewer).map(({ thing }) => thing.name);
        const hasAll = procedure.tools.every((tool) => usable.includes(tool));
        expect(offer && exposureOf(offer, viewer), `${actor} ${held.join('+')}`).toBe(
          hasAll ? 'open' : 'absent',
        );
        expect(offer && exposureOf(offer, { ...viewer, endpoint: 'agentic' })).toBe('absent');
        expect(offer && exposureOf(offer, { ...viewer, tenant: tenantId('stranger') })).toBe('absent');
      }
    });
  },
);

const combinations: readonly (readonly Role[])[] = Array.from({ length: 2 ** roles.length }, (_, bits) =>
  roles.filter((_role, index) => (bits & (1 << index)) !== 0),
);

test.each(companyData('contoso').answerKeys.map((key) => [key.title, key] as const))(
  '%s: a procedure names what a right answer takes',
  (_title, { required_tools, documents_to_cite }) => {
    const cited = documents.filter(({ slug }) => documents_to_cite.includes(slug)).map(({ title }) => title);
    const fitting = procedures.filter(
      (procedure) =>
        required_tools.every((tool) => procedure.tools.includes(tool)) &&
        cited.every((title) => Object.values(procedure.documents).includes(title)),
    );
    expect(fitting.map(({ name }) => name)).not.toEqual([]);
  },
);

test('a skill over a tool that there is not stops the start', () => {
  const [skill] = procedures;
  const skills = skill && [{ ...skill, tools: ['no_such_tool'] }];
  const wares = { ...contoso, tools: businessTools, askTools: [], jobTools: [], jobReaders: [] };
  expect(() => offersOf({ ...wares, ...(skills && { skills }) })).toThrow(
    /no_such_tool; there is no such tool/,
  );
});
