import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { gateway } from '../../../scripts/infra/checks/gateway.ts';
import { documentedRoles, roles } from '../../../scripts/infra/checks/roles.ts';
import { services } from '../../../scripts/infra/checks/services.ts';
import type { Prediction } from '../../../scripts/infra/predict.ts';
import { group, prediction, resource } from './predictions.ts';

describe('roles', () => {
  const assigned = (scope: string, role: string) =>
    prediction([
      {
        ...resource('Microsoft.Authorization/roleAssignments', 'r', {
          principalId: "[reference('/x/Microsoft.Web/sites/func').identity.principalId]",
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        }),
        id: `${group}/${scope}/providers/Microsoft.Authorization/roleAssignments/r`,
      },
    ]);
  const tables = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3';
  const given = (found: Prediction) =>
    roles.problems(found).filter((problem) => problem.includes('is given'));

  it('that are given as the page says are in order', () => {
    expect(given(assigned('Microsoft.Storage/storageAccounts/stdx', tables))).toEqual([]);
  });

  it('on more than they are needed for are told', () => {
    expect(given(assigned('Microsoft.Resources/resourceGroups/g', tables)).join()).toContain('too much');
  });

  it('that the page does not have are told', () => {
    const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    expect(given(assigned('Microsoft.Storage/storageAccounts/stdx', owner)).join()).toContain(
      'a role that infra/roles.json does not name',
    );
  });

  it('of the page that are not given are told', () => {
    const page = readFileSync(path.join(projectDir, 'docs/deploying.md'), 'utf8');
    expect(documentedRoles(page).length).toBeGreaterThan(8);
    const problems = roles.problems(prediction([]));
    expect(problems).toHaveLength(documentedRoles(page).length);
  });
});

describe('the gateway', () => {
  it('misses everything that is not made, and has nothing that nobody wants', () => {
    const other = resource('Microsoft.ApiManagement/service/apis', 'apim/other', {});
    const problems = gateway.problems(prediction([other]));
    expect(problems).toContain('private, gateway: policies/policy is not made');
    expect(problems).toContain(
      'private, gateway: apis/other is made, and apim-policies/ has nothing like it',
    );
  });

  it('has the very texts of apim-policies/', () => {
    const value = readFileSync(path.join(projectDir, 'apim-policies/global.xml'), 'utf8');
    const made = (text: string) =>
      gateway
        .problems(
          prediction([
            resource('Microsoft.ApiManagement/service/policies', 'apim/policy', {
              value: text,
              format: 'xml',
            }),
          ]),
        )
        .filter((problem) => problem.includes('policies/policy is not what'));
    expect(made(value)).toEqual([]);
    expect(made(`${value} `)).toHaveLength(1);
  });

  it('logs no bodies', () => {
    const body = (bytes: number) => ({ request: { body: { bytes: 0 } }, response: { body: { bytes } } });
    const diagnostics = (bytes: number) =>
      resource('Microsoft.ApiManagement/service/diagnostics', 'apim/log', {
        frontend: body(0),
        backend: body(bytes),
      });
    const told = (bytes: number) =>
      gateway.problems(prediction([diagnostics(bytes)])).filter((problem) => problem.includes('logs bodies'));
    expect(told(0)).toEqual([]);
    expect(told(1024)).toHaveLength(1);
  });
});

describe('services of azure.yaml', () => {
  const app = (backend: string) => ({
    ...resource('Microsoft.Web/sites', `func-${backend}`, {}),
    tags: { 'azd-service-name': backend },
  });

  it('are the apps', () => {
    expect(services.problems(prediction([app('contoso'), app('fabrikam')]))).toEqual([]);
    expect(services.problems(prediction([app('contoso'), app('northwind')]))).toEqual([
      'private: azure.yaml has no service northwind: nothing would be deployed to it',
      'private: azure.yaml has the service fabrikam, and no tenant has that backend',
    ]);
  });
});
