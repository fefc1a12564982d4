import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packagesApart } from '#scripts/apart/install';
import { projectDir } from '#scripts/lib/project-dir';
import { files, folder, source, stepsOf, workflow } from './workflow-files.ts';

const { scripts, engines } = JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8'));

/** Jobs that hold a right, and none of them writes to the repository's contents. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  // to sign in without a stored secret
  'deploy.yml sign': ['id-token', 'attestations'],
  'deploy.yml deploy': ['id-token'],
  // to say what was found
  'codeql.yml analyze': ['security-events'],
  'scorecard.yml analysis': ['security-events'],
};

describe.each(files)('the workflow %s', (file) => {
  it('uses actions by the digest of a commit, and says the version', () => {
    const used = source(file).match(/uses:.*/g) ?? [];
    expect(used.length).toBeGreaterThan(0);
    for (const line of used) {
      expect(line).toMatch(/^uses: [\w-]+\/[\w-]+(\/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
    expect(stepsOf(file).filter(({ uses }) => uses !== undefined)).toHaveLength(used.length);
  });

  it('grants itself next to nothing', () => {
    const { permissions, jobs } = workflow(file);
    const all = Object.entries(jobs).map(([name, job]) => [name, job.permissions ?? {}] as const);
    for (const [job, granted] of [['', permissions] as const, ...all]) {
      expect(granted).toBeTypeOf('object');
      const writes = Object.entries(granted as object).filter(([, access]) => access !== 'read');
      expect(writes, job).toEqual((mayWrite[`${file} ${job}`] ?? []).map((name) => [name, 'write']));
    }
  });

  it('ends by itself, and does not run twice at once', () => {
    expect(workflow(file).concurrency).toBeDefined();
    for (const job of Object.values(workflow(file).jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    }
  });

  it('leaves no credentials in the checkout', () => {
    for (const step of stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step).toMatchObject({ with: { 'persist-credentials': false } });
    }
  });

  it('puts no expression into a script, where it could be code', () => {
    for (const { run = '' } of stepsOf(file)) {
      expect(run).not.toContain('${{');
    }
  });

  it('runs scripts that exist', () => {
    const names = stepsOf(file).flatMap(({ run = '' }) => [...run.matchAll(/npm run ([\w:-]+)/g)]);
    for (const [, name = ''] of names) {
      expect(scripts).toHaveProperty([name]);
    }
  });
});

const tested = workflow('ci.yml').jobs.test?.strategy?.matrix;

it('every supported version of Node is tested: recommended ones first, the oldest last', () => {
  expect(tested?.node).toEqual(['24', '22', '20.19']);
  expect(engines.node).toBe(`>=${tested?.node?.at(-1)}`);
});

it('every part of the suite has a job', () => {
  const cwd = path.join(projectDir, 'tests');
  const parts = globSync('*/**/*.test.ts', { cwd, ignore: '**/node_modules/**' }).map(
    (file) => file.split('/')[0],
  );
  expect([...(tested?.part ?? [])].sort()).toEqual([...new Set(parts)].sort());
});

it('dependencies are watched wherever a lock file is', () => {
  const { updates } = parse(readFileSync(path.join(folder, '../dependabot.yml'), 'utf8')) as {
    updates: readonly { 'package-ecosystem': string; directories?: readonly string[] }[];
  };
  const npm = updates.find((one) => one['package-ecosystem'] === 'npm');
  const apart = Object.values(packagesApart).map((dir) => `/${dir}`);
  expect([...(npm?.directories ?? [])].sort()).toEqual(['/', ...apart].sort());
});

it('whoever owns something owns something that is there', () => {
  const lines = readFileSync(path.join(folder, '../CODEOWNERS'), 'utf8').match(/^\/\S+/gm) ?? [];
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !existsSync(path.join(projectDir, line)))).toEqual([]);
});

describe('a deployment', () => {
  const { jobs } = workflow('deploy.yml');
  const runsOf = (job: string) => jobs[job]?.steps.flatMap(({ run }) => run ?? []) ?? [];
  const usedBy = (job: string) => jobs[job]?.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []) ?? [];

  it('signs in without a secret, and deploys what was tested', () => {
    expect(source('deploy.yml')).not.toContain('secrets.');
    expect(jobs.deploy).toMatchObject({ needs: 'sign', permissions: { 'id-token': 'write' } });
    expect(jobs.sign).toMatchObject({ needs: 'package' });
    const commands = runsOf('package');
    expect(commands.indexOf('npm test')).toBeGreaterThan(-1);
    expect(commands.indexOf('npm run package')).toBeGreaterThan(commands.indexOf('npm test'));
  });

  it('installs packages only in a job that holds no right', () => {
    const installing = Object.keys(jobs).filter((job) => /\bnp[mx] |pnpm|yarn/.test(runsOf(job).join('\n')));
    expect(installing).toEqual(['package']);
    expect(jobs.package?.permissions).toEqual({ contents: 'read' });
  });

  it('signs in only after it has verified what was built, and signs nothing that it built itself', () => {
    const steps = jobs.deploy?.steps ?? [];
    const verifies = steps.findIndex(({ run }) => run === 'infra/pipeline/verify-package.sh');
    const signsIn = steps.findIndex(({ uses }) => uses?.startsWith('azure/login@'));
    expect(verifies).toBeGreaterThan(-1);
    expect(signsIn).toBeGreaterThan(verifies);
    expect(usedBy('sign')).toEqual(['actions/download-artifact', 'actions/attest-build-provenance']);
    expect(runsOf('sign')).toEqual([]);
  });
});

describe('a deployment from Azure Pipelines', () => {
  const text = readFileSync(path.join(projectDir, 'infra/pipeline/azure-pipelines.yml'), 'utf8');
  const scriptsIn = (file: string) => [...new Set(file.match(/infra\/pipeline\/[\w-]+\.sh/g))];
  // GitHub has an action for it
  const sign = 'infra/pipeline/sign-package.sh';

  it('runs the scripts that the one from GitHub runs, in the same order, and signs by itself', () => {
    expect(scriptsIn(text)).toEqual([sign, ...scriptsIn(source('deploy.yml'))]);
    expect(scriptsIn(text)).toHaveLength(7);
    for (const file of scriptsIn(text)) {
      expect(statSync(path.join(projectDir, file)).mode & 0o111, file).not.toBe(0);
    }
  });

  it('runs npm only in the stage that holds no right, and holds no secret', () => {
    const names = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(names).toEqual(['check', 'package']);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
    expect(text).not.toMatch(/secret[^ :,]|password/i);
    expect(parse(text)).toHaveProperty('stages.length', 3);
    const [build = '', ...others] = text.split('- stage: ').slice(1);
    expect(build).not.toMatch(/AzureCLI|CONNECTION/);
    expect(others.join('')).not.toMatch(/\bnpm\b/);
  });
});
