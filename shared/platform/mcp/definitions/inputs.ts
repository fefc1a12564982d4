import * as z from 'zod';
import { hasFormatControls, hasFormatControlsBesideLines } from '../../format-controls.ts';

const largestId = 9_999_999_999;
const idText = /^[1-9]\d{0,9}$/;

/** What a refused value must be instead. The sentence is completed by whoever names the field. */
function must(rule: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: (issue) => (issue.input === undefined ? 'is required' : `must be ${rule}`) };
}

/**
 * The id of a record. Models often write numbers as text, so `"42"` counts as 42; callers are shown a plain integer.
 */
export function id(description: string) {
  return z.preprocess(
    (value) => (typeof value === 'string' && idText.test(value) ? Number(value) : value),
    integer(1, largestId, description),
  );
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function date(description: string) {
  return z.iso.date(must('a date of the calendar such as 2026-03-31')).describe(description);
}

/** One line of text: trimmed, not empty, at most `longest` UTF-16 units, no control characters and no format controls. */
export function line(longest: number, description: string) {
  return text(longest, `1 to ${longest} characters on one line, without control characters`, description, {
    holds: (value) => !hasFormatControlsBesideLines(value) && !hasFormatControls(value.trim()),
    otherwise: 'must be on one line, without control characters',
  });
}

/** Text that may have several lines and tabs; otherwise like {@link line}. */
export function paragraph(longest: number, description: string) {
  return text(longest, `1 to ${longest} characters without control characters`, description, {
    holds: (value) => !hasFormatControlsBesideLines(value),
    otherwise: 'must be without control characters other than line breaks and tabs',
  });
}

/** One of a fixed list of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z.enum(words, must(`one of ${words.join(', ')}`)).describe(description);
}

/** true or false; text such as "yes" is refused. */
export function flag(description: string) {
  return z.boolean(must('true or false')).describe(description);
}

/** A whole number from `least` to `most`, both included. */
export function integer(least: number, most: number, description: string) {
  const rule = must(`a whole number from ${least} to ${most}`);
  return z.int(rule).min(least, rule).max(most, rule).describe(description);
}

/**
 * A whole number, or one word for having none. Null cannot say that: hosts write it for every field that a model leaves
 * out, so it always counts as left out.
 */
export function integerOr<const Word extends string>(
  word: Word,
  least: number,
  most: number,
  description: string,
) {
  const rule = must(`a whole number from ${least} to ${most}, or "${word}"`);
  // an enum of one word: `const` is refused by some hosts
  return z.union([z.int().min(least).max(most), z.enum([word])], rule).describe(description);
}

/** An amount of money in dollars, above 0; the rule about cents is a business rule. */
export function dollars(most: number, description: string) {
  const rule = must(`an amount above 0 and at most ${most}`);
  return z.number(rule).min(0.01, rule).max(most, rule).describe(description);
}

/** A key that the caller makes up: 1 to 200 printable ASCII characters. */
export function callerKey(description: string) {
  return z
    .string(must('text'))
    .regex(/^[ -~]{1,200}$/, must('1 to 200 printable ASCII characters'))
    .describe(description);
}

interface Rule {
  readonly holds: (value: string) => boolean;
  readonly otherwise: string;
}

/**
 * What a text may hold is checked before it is trimmed: some format controls count as blanks, and would be taken off at
 * its ends while they are refused everywhere else.
 */
function text(longest: number, size: string, description: string, { holds, otherwise }: Rule) {
  return z
    .string(must('text'))
    .refine(holds, otherwise)
    .trim()
    .min(1, must(size))
    .max(longest, must(size))
    .describe(description);
}
