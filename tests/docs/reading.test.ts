import { describe, expect, it } from 'vitest';
import { commandsOf } from './reading/commands.ts';

const fence = '```';
const found = (markdown: string) =>
  commandsOf('a.md', markdown).map(({ text, place, mark }) => [place, text, mark]);

describe('commands in a document', () => {
  it('are the lines of a shell’s block, without comments', () => {
    const block = `${fence}sh\nnpm ci && npm start  # all of it\n\n# nothing\necho "a # b && c"\n${fence}`;
    expect(found(block)).toEqual([
      ['a.md:2', 'npm ci', undefined],
      ['a.md:2', 'npm start', undefined],
      ['a.md:5', 'echo "a # b && c"', undefined],
    ]);
  });

  it('go on after a backslash and inside quotes', () => {
    const block = `${fence}sh\ncurl x \\\n  -d '{\n}'\nnpm test\n${fence}`;
    expect(found(block).map(([place, text]) => [place, text])).toEqual([
      ['a.md:2', "curl x -d '{\n}'"],
      ['a.md:5', 'npm test'],
    ]);
  });

  it('get the variables that their block sets', () => {
    const block = `${fence}sh\nURL=http://x\nTOKEN="$(npm run -s token -- --url $URL)"\ncurl $URL\n${fence}`;
    expect(commandsOf('a.md', block)).toMatchObject([
      { text: 'curl $URL', script: 'URL=http://x\nTOKEN="$(npm run -s token -- --url $URL)"\ncurl $URL' },
    ]);
  });

  it('are inline code, also over two lines and in a table', () => {
    const text = 'Type `npm run a --\nb`, not `npm`.\n| `az login` | x |\n<!-- `npm no` -->';
    expect(found(text)).toEqual([
      ['a.md:1', 'npm run a -- b', undefined],
      ['a.md:3', 'az login', undefined],
    ]);
  });

  it('are in blocks that are indented in a list', () => {
    expect(found(`1. Do:\n\n   ${fence}sh\n   npm test\n   ${fence}`)).toEqual([
      ['a.md:4', 'npm test', undefined],
    ]);
  });

  it('have the mark of the paragraph before, and of no other', () => {
    const block = `${fence}sh\naz x\n${fence}\n`;
    const mark = '**Needs Azure.**';
    expect(found(`${mark} So:\n\n${block}\n${block}`).map(([, , seen]) => seen)).toEqual([mark, undefined]);
    expect(found(`${mark}\n\n# Now\n\n${block}`).map(([, , seen]) => seen)).toEqual([undefined]);
    expect(found(`Needs Azure. So:\n\n${block}`).map(([, , seen]) => seen)).toEqual([undefined]);
  });

  it('cannot hide in a block that does not say what is in it', () => {
    expect(() => found(`x\n\n${fence}\nnpm test\n${fence}`)).toThrow(
      'a.md:3: the fence must say what is in it',
    );
  });
});
