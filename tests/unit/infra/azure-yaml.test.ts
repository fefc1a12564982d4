import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { projectDir } from '#scripts/lib/project-dir';
import { hooks } from '../../../scripts/azd/hooks.ts';

const text = readFileSync(path.join(projectDir, 'azure.yaml'), 'utf8');

const hook = z.strictObject({
  shell: z.enum(['sh', 'pwsh']),
  run: z.string(),
  interactive: z.boolean().optional(),
  continueOnError: z.boolean().optional(),
});

/**
 * The part of azd's schema that azure.yaml uses. The file was valid against the whole of it on 29 November 2026:
 * schemas/v1.0/azure.yaml.json of Azure/azure-dev as of 10 August 2026, SHA-256
 * ff8d40d0d84c4b5ab1a934e61553c8ce985a05da63e63c59f6abcd58ab73b998. A member that is not here has to be looked up there.
 */
const azureYaml = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*[a-z0-9]$/),
  metadata: z.strictObject({ template: z.string() }),
  infra: z.strictObject({ provider: z.literal('bicep'), path: z.string(), module: z.string() }),
  hooks: z.strictObject({
    preprovision: hook,
    postprovision: hook,
    predeploy: hook,
    postdeploy: hook,
  }),
  workflows: z.strictObject({
    up: z.strictObject({ steps: z.array(z.strictObject({ azd: z.string() })).min(1) }),
  }),
  services: z.record(
    z.string(),
    z.strictObject({
      project: z.string(),
      host: z.literal('function'),
      language: z.literal('js'),
      remoteBuild: z.boolean(),
    }),
  ),
});

describe('azure.yaml', () => {
  const project = azureYaml.parse(parse(text));

  it('calls the hooks that there are, each by its own name', () => {
    expect(Object.keys(project.hooks)).toEqual(Object.keys(hooks));
    for (const [name, { run }] of Object.entries(project.hooks)) {
      expect(run).toBe(`npm run --silent azd:hook -- ${name}`);
    }
  });

  it('has the resources made before the package is, and deploys what was packaged', () => {
    expect(project.workflows.up.steps.map(({ azd }) => azd)).toEqual(['provision', 'deploy --all']);
    for (const service of Object.values(project.services)) {
      expect(service).toMatchObject({ project: '.local/package/app', remoteBuild: false });
    }
  });

  it.each([
    ['a hook that azd does not know', 'preprovision:', 'preprovison:'],
    ['a member that azd does not know', 'remoteBuild:', 'remote-build:'],
  ])('%s would be found', (_, right, wrong) => {
    expect(azureYaml.safeParse(parse(text.replace(right, wrong))).success).toBe(false);
  });
});
