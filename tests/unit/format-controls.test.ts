import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { businessTools } from '#contoso/tools/index';
import { hasFormatControls, hasFormatControlsBesideLines, visible } from '#platform/format-controls';
import { line, paragraph } from '#platform/mcp/definitions/inputs';
import { agenticTools } from '#scripts/docs/agentic-tools';
import { hidden } from './hidden-characters.ts';

/** Texts that people write, in their scripts. */
const written = [
  'Größe 東京',
  'مرحبا \u0601\u0661',
  'نمی\u200cخواهم',
  'क्\u200dष',
  '👩‍👩‍👧 ❤️',
  '\\u202e',
  'a "b" <c>',
];

describe('the rule', () => {
  it.each(hidden)('%j is hidden, and is shown as it is written in JSON', (character) => {
    expect(hasFormatControls(`a${character}b`)).toBe(true);
    expect(hasFormatControlsBesideLines(`a${character}b`)).toBe(true);
    const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
    expect(visible(`a${character}b`)).toBe(`a${units.map((unit) => `\\u${unit}`).join('')}b`);
    expect(JSON.parse(visible(JSON.stringify({ character })))).toEqual({ character });
  });

  it.each(written)('%j is text', (text) => {
    expect([hasFormatControls(text), visible(text)]).toEqual([false, text]);
    expect(line(50, '').parse(text)).toBe(text);
    expect(paragraph(50, '').parse(text)).toBe(text);
  });

  it('no character is shown otherwise than it is judged, whichever stands around it', () => {
    const judgedOtherwise: string[] = [];
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const character = String.fromCharCode(unit);
      const isShown = visible(character) === character;
      if (
        isShown === hasFormatControlsBesideLines(character) ||
        isShown !== visible(`東${character}`).endsWith(character)
      ) {
        judgedOtherwise.push(unit.toString(16));
      }
    }
    expect(judgedOtherwise).toEqual([]);
  });

  it('line breaks and tabs are for texts of several lines', () => {
    expect([hasFormatControls('a\tb'), hasFormatControlsBesideLines('a\r\n\tb')]).toEqual([true, false]);
    expect(visible('a\r\n\tb')).toBe('a\r\n\tb');
  });
});

describe('inputs', () => {
  it.each(hidden)('refuse %j, in the middle and at the ends', (character) => {
    for (const text of [`a${character}b`, `${character}a`, `a${character}`]) {
      for (const schema of [line(50, ''), paragraph(50, '')]) {
        expect(schema.safeParse(text).error?.issues).toHaveLength(1);
      }
    }
  });

  const texts = [...businessTools, ...agenticTools].flatMap(({ name, input }) =>
    Object.entries<z.ZodType>(input.shape)
      .filter(([, schema]) => schema.safeParse('some words').success)
      .map(([field, schema]) => [`${name}.${field}`, schema] as const),
  );

  it('there are texts among the arguments', () => expect(texts.length).toBeGreaterThan(5));

  it.each(texts)('%s takes none', (_field, schema) => {
    const taken = hidden.filter((character) => schema.safeParse(`some ${character}words`).success);
    expect(taken).toEqual([]);
  });
});
