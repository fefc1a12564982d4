import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { projectDir } from '../../../scripts/lib/project-dir.ts';
import { endOf } from '../../support/run.ts';
import { Recorder } from './recorder.ts';

const recorder = new Recorder(['az', 'npm', 'func']);
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

  it('says which variable it lacks', async () => {
    const { code, output, started } = await run('deploy-policies.sh', {});
    expect(code).not.toBe(0);
    expect(output).toMatch(/VALUES|SERVICE/);
    expect(started).toEqual([]);
  });
});
