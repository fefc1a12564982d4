import { expect, it } from 'vitest';
import { markAwaits } from '../../recovery/crash-points/mark-awaits.ts';
import { markName } from '../../recovery/crash-points/point.ts';

/** Runs marked code. @returns its answer, and where it was on the way */
async function run(text: string): Promise<{ readonly answer: unknown; readonly places: readonly string[] }> {
  const places: string[] = [];
  const marked = markAwaits('x.ts', `const main = async () => { ${text} };`);
  const body = new Function(markName, `${marked} return main();`);
  const answer = await body((place: string) => places.push(place));
  return { answer, places };
}

it('tells every await before it begins, and changes nothing else', async () => {
  const { answer, places } = await run(
    [
      'const one = async (n) => n + 1;',
      'const both = (await one(1)) * 10 + (await one(await one(2)));',
      'let sum = 0;',
      'for await (const n of [one(1), one(2)]) { sum += n; }',
      'return { both, sum, last: await',
      '  one(5) };',
    ].join('\n'),
  );
  expect(answer).toEqual({ both: 24, sum: 5, last: 6 });
  expect(places).toEqual(['x.ts:2', 'x.ts:2', 'x.ts:2', 'x.ts:4', 'x.ts:5']);
});

it('leaves lines where they are', () => {
  const text = 'async function f() {\n  await g(\n    1,\n  );\n}\n';
  const marked = markAwaits('x.ts', text);
  expect(marked.split('\n')).toHaveLength(text.split('\n').length);
  expect(marked).toContain('(__crashPoint("x.ts:2"), await g(');
});

it('refuses what is no code', () => {
  expect(() => markAwaits('x.ts', 'const = ;')).toThrow('x.ts cannot be read');
});
