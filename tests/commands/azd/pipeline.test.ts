import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { projectDir } from '../../../scripts/lib/project-dir.ts';
import { endOf } from '../../support/run.ts';
import { Recorder } from './recorder.ts';

const recorder = new Recorder(['az', 'npm', 'func', 'gh']);
const folder = path.join(projectDir, 'infra/pipeline');

async function run(script: string, env: Record<string, string>) {
  const all = { ...process.env, ...env, ...recorder.env };
  const { code, output } = await endOf(
    spawn(path.join(folder, script), [], { cwd: projectDir, env: all, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  return { code, output, started: recorder.take() };
}

describe.skipIf(process.platform === 'win32')('a script of the pipelines', () => {
  beforeEach(() => recorder.answer([]));
  afterAll(() => recorder.remove());

  it('has the doctor look at the settings of every app, and stops at one that fails', async () => {
    const settings = '[{"name":"AUTH_MODE","value":"jwt"}]';
    recorder.answer([{ to: 'appsettings list', output: settings }]);
    const { code, started } = await run('check-settings.sh', { GROUP: 'rg', APPS: 'one two' });
    expect(code).toBe(0);
    expect(started.map(({ program }) => program)).toEqual(['az', 'npm', 'az', 'npm']);
    expect(started[0]?.args.join(' ')).toContain('--resource-group rg --name one');
    expect(started[1]?.files).toEqual([settings]);
  });

  it('puts the zip into every app', async () => {
    const { started } = await run('deploy-package.sh', { GROUP: 'rg', APPS: 'one two', ZIP: 'app.zip' });
    expect(started.map(({ program, args }) => [program, ...args].join(' '))).toEqual(
      ['one', 'two'].map(
        (app) =>
          `az functionapp deployment source config-zip --resource-group rg --name ${app} --src app.zip`,
      ),
    );
  });

  it('or publishes the folder with Core Tools', async () => {
    const env = { PUBLISH_WITH: 'func', APPS: 'one', FOLDER: folder };
    const { started } = await run('deploy-package.sh', env);
    expect(started.map(({ program, args }) => [program, ...args].join(' '))).toEqual([
      'func azure functionapp publish one --no-build --javascript',
    ]);
  });

  it('hands the values over in a file', async () => {
    const { started } = await run('deploy-policies.sh', { SERVICE: '/the/gateway', VALUES: '{"a":1}' });
    expect(started[0]?.args.slice(0, 5)).toEqual([
      'run',
      'deploy:policies',
      '--',
      '--service',
      '/the/gateway',
    ]);
    expect(started[0]?.files).toEqual(['{"a":1}']);
  });

  it('has the tools of the release do it, where there is one', async () => {
    const release = mkdtempSync(path.join(tmpdir(), 'release-'));
    const said = 'process.stdout.write(process.argv.slice(2).join(" "))';
    writeFileSync(path.join(release, 'deploy-policies.mjs'), said);
    const env = { SERVICE: '/the/gateway', VALUES: '{"a":1}', RELEASE: release };
    const { output, started } = await run('deploy-policies.sh', env);
    expect(output).toMatch(/^--service \/the\/gateway --values /);
    expect(started).toEqual([]);
    rmSync(release, { recursive: true });
  });

  it('asks GitHub about every file of a release, and for the commit', async () => {
    const release = mkdtempSync(path.join(tmpdir(), 'release-'));
    writeFileSync(path.join(release, 'contoso-mcp.zip'), 'zip');
    writeFileSync(path.join(release, '.hidden'), 'more');
    const env = { RELEASE: release, COMMIT: 'abc', REPOSITORY: 'contoso/mcp' };
    const { code, started } = await run('verify-package.sh', env);
    expect(code).toBe(0);
    expect(started.flatMap(({ files }) => files).sort()).toEqual(['more', 'zip']);
    for (const { program, args } of started) {
      expect([program, ...args].join(' ')).toMatch(
        /^gh attestation verify .*--repo contoso\/mcp --source-digest abc/,
      );
      expect(args).toContain('contoso/mcp/.github/workflows/deploy.yml');
    }
    rmSync(release, { recursive: true });
  });

  it('verifies no release without knowing who has to have signed it', async () => {
    const { code, output, started } = await run('verify-package.sh', { RELEASE: folder, COMMIT: 'abc' });
    expect(code).not.toBe(0);
    expect(output).toContain('REPOSITORY');
    expect(started).toEqual([]);
  });

  it('verifies with the key of whoever signs', async () => {
    const env = { PUBLIC_KEY: 'no key', SOURCE: 'https://git.example', BUILDER: 'https://builds.example' };
    const { code, started } = await run('verify-package.sh', { RELEASE: folder, COMMIT: 'abc', ...env });
    expect(code).not.toBe(0);
    expect(started).toEqual([]);
  });

  it('enters the service into the API Center that is named, with the addresses of its endpoints', async () => {
    const env = { API_CENTER: 'center', API_CENTER_GROUP: 'rg', URL: 'https://mcp.example/contoso-mcp/mcp' };
    const { code, started } = await run('enter-service.sh', env);
    expect(code).toBe(0);
    expect(started.map(({ program }) => program)).toEqual(['az']);
    const args = started[0]?.args ?? [];
    expect(args.slice(0, 5)).toEqual(['deployment', 'group', 'create', '--resource-group', 'rg']);
    expect(args.slice(-3)).toEqual(['center=center', 'host=mcp.example', 'route=contoso-mcp']);
    expect(args.some((arg) => arg.endsWith('infra/pipeline/../registry/api-center.bicep'))).toBe(true);
  });

  it('enters nothing where no API Center is named, or where the address is no endpoint', async () => {
    const nowhere = await run('enter-service.sh', {
      API_CENTER: '',
      URL: 'https://mcp.example/contoso-mcp/mcp',
    });
    expect(nowhere).toMatchObject({ code: 0, started: [] });
    const env = { API_CENTER: 'center', API_CENTER_GROUP: 'rg', URL: 'https://mcp.example/mcp' };
    const wrong = await run('enter-service.sh', env);
    expect(wrong).toMatchObject({ code: 1, started: [] });
    expect(wrong.output).toContain('it must be an endpoint such as');
  });

  it('says which variable it lacks', async () => {
    const { code, output, started } = await run('deploy-policies.sh', {});
    expect(code).not.toBe(0);
    expect(output).toMatch(/VALUES|SERVICE/);
    expect(started).toEqual([]);
  });
});
