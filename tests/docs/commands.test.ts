import { describe, expect, it } from 'vitest';
import { guideCommands, heldCommands } from './commands/held.ts';
import { projectCommands } from './commands/project.ts';
import { stackCommands, startCommand } from './commands/stack.ts';
import { allCommands } from './reading/commands.ts';
import { programsOf } from './reading/marks.ts';
import { readFile } from './reading/tree.ts';

/** What each of these commands does is in `commands/`; `running.test.ts` runs them. */
const run = [...projectCommands, startCommand, ...stackCommands].map(({ command }) => command);
const registered = [...run, ...Object.keys(heldCommands)];
const known = new Set([...registered, ...guideCommands]);

/** Commands of this project that need what only a deployment has. A new one is to be run, if it can be. */
const oursInAzure = [
  'npm run entra -- --name "MCP production" --base-url https://mcp.contoso.example --vault $VAULT_ID',
  'npm run doctor -- --settings current.json',
  'npm run seed -- --tenant contoso --storage https://$STORAGE.table.core.windows.net',
  'npm run doctor -- --only-live --url https://mcp.contoso.example/contoso-mcp/mcp',
];

describe('every command of the documents', () => {
  it('is run by a test, or marked as needing Azure or a client', () => {
    const missing = allCommands
      .filter(({ text, mark }) => mark === undefined && !known.has(text))
      .map(
        ({ place, text }) => `${place}: "${text}" is not run by a test: register it in tests/docs/commands`,
      );
    expect(missing).toEqual([]);
  });

  it('is run in the order of its page when it stands in a block', () => {
    const held = allCommands.filter(
      ({ text, fenced, mark }) => fenced && mark === undefined && text in heldCommands,
    );
    expect(held.map(({ place, text }) => `${place}: "${text}" is run elsewhere`)).toEqual([]);
  });

  it('that is run is still in a document', () => {
    const texts = new Set(allCommands.filter(({ mark }) => mark === undefined).map(({ text }) => text));
    expect([...known].filter((command) => !texts.has(command))).toEqual([]);
  });

  it('is registered once', () => {
    const twice = registered.filter((command, index) => registered.indexOf(command) !== index);
    expect([...twice, ...registered.filter((command) => guideCommands.includes(command))]).toEqual([]);
  });

  it('means the same wherever it is written', () => {
    const scripts = new Map(allCommands.map(({ text, script }) => [text, script]));
    const others = allCommands.filter(({ text, script }) => scripts.get(text) !== script);
    expect(others.map(({ place, text }) => `${place}: "${text}" depends on other variables`)).toEqual([]);
  });

  it('has a mark only where its program has to be somewhere else', () => {
    const odd = allCommands
      .filter(({ text, mark }) => mark !== undefined && !programsOf[mark].includes(text.split(' ')[0] ?? ''))
      .map(({ text }) => text);
    expect(odd.sort()).toEqual([...oursInAzure].sort());
  });

  it.each(Object.entries(heldCommands))('%s is run by %s', (command, file) => {
    const [, script] = /^npm run ([\w:-]+)$/.exec(command) ?? [];
    expect(readFile(file)).toContain(script === undefined ? `.run('${command}')` : `npmRun('${script}'`);
  });
});
