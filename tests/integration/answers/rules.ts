import * as z from 'zod';
import { type SampleCall, strange } from './calls.ts';
import { wordsOfPeople } from './list-rules.ts';
import { counts, dateProblems, fieldsOf, lists, named, type Problems, unless } from './reading.ts';

/** A call and what came back. */
export interface Sample extends SampleCall {
  readonly texts: readonly string[];
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly isError: boolean;
  readonly meta: Readonly<Record<string, unknown>> | undefined;
}

/** Characters of an answer's text: some 10,000 tokens, from where on hosts warn of a tool. */
const mostCharacters = 40_000;
/** Experts answer in paragraphs; whatever else answers does so in a line. */
const isExpert = ({ tool }: SampleCall) => tool.startsWith('ask_');
/** The sentence is itself a field of the answer. */
const isProse = ({ texts, data }: Sample) => data?.answer === texts[0] || data?.summary === texts[0];
const sentenceOf = ({ texts }: Sample) => texts[0] ?? '';

const labels = z.strictObject({
  integrity: z.enum(['trusted', 'untrusted']),
  confidentiality: z.enum(['public', 'private']),
});

/** What holds for every single answer, by the name that `docs/tool-answers.md` gives the rule. */
export const answerRules: Readonly<Record<string, (sample: Sample) => Problems>> = {
  'one-sentence': (sample) => {
    const sentence = sentenceOf(sample);
    const isPlain = isExpert(sample) ? sentence.trim() === sentence : !sentence.includes('\n');
    return unless(/[.?!]$/.test(sentence) && isPlain && !/^[[{]/.test(sentence), sentence);
  },
  'same-data': ({ texts, data, isError }) =>
    isError
      ? unless(texts.length === 1 && data === undefined, 'an error is one text without data')
      : unless(texts.length === 2 && texts[1] === JSON.stringify(data), 'text and data are not the same'),
  labels: ({ meta, isError }) =>
    unless(isError === !labels.safeParse(meta?.ifc).success, JSON.stringify(meta) ?? 'no _meta'),
  'error-flag': ({ end, isError, data }) => {
    const answered = end === 'success' || end === 'empty';
    // An expert finds out by itself that there is no such record, and says so in its answer.
    return unless(isError !== answered || data?.status !== undefined, `isError is ${isError} for "${end}"`);
  },
  'next-step': (sample) => unless(!sample.isError || nextStep.test(sentenceOf(sample)), sentenceOf(sample)),
  'count-of-list': (sample) =>
    isProse(sample)
      ? []
      : lists(sample.data)
          .filter(([name, list]) => list.length !== 0 && !counts(sentenceOf(sample), list.length, name))
          .map(([name, list]) => `${name}: ${list.length} is not in "${sentenceOf(sample)}"`),
  'rest-of-list': (sample) =>
    unless(
      (sample.data?.next_cursor !== undefined) === sentenceOf(sample).includes('next_cursor') ||
        sample.isError,
      sentenceOf(sample),
    ),
  'id-of-record': ({ data }) =>
    lists(data).flatMap(([name, list]) =>
      list.filter((entry) => !Object.keys(entry).some((key) => named.test(key))).map(() => name),
    ),
  money: (sample) =>
    [
      ...ownWords(sentenceOf(sample)).matchAll(
        /(?<!\$)(?<![\d.,])\d[\d,]*\.\d\d\b(?! ?(?:MB|GB|%|dollars))/g,
      ),
    ].map(([amount]) => `${amount} has no currency in "${sentenceOf(sample)}"`),
  'dates-and-times': ({ data, texts }) => [
    ...fieldsOf(data).flatMap(([key, value]) => dateProblems(key, value)),
    ...texts.flatMap(
      (text) => text.match(/\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\bGMT\b|\bT\d\d:\d\d(?![\d:.]*Z)/g) ?? [],
    ),
  ],
  'no-internals': ({ texts }) => texts.flatMap((text) => text.match(internals) ?? []),
  'no-hidden-characters': ({ texts }) =>
    texts.flatMap((text) => text.match(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu) ?? []).filter((one) => one !== '\n'),
  'no-echo': ({ texts }) => texts.filter((text) => text.includes(strange)),
  'people-s-words-stay-data': (sample) =>
    isExpert(sample)
      ? []
      : fieldsOf(sample.data)
          .filter(([key, value]) => wordsOfPeople.test(key) && typeof value === 'string' && value.length > 9)
          .filter(([, value]) => sentenceOf(sample).includes(String(value)))
          .map(([key]) => `${key} is in "${sentenceOf(sample)}"`),
  size: ({ texts }) => unless(texts.join('').length <= mostCharacters, `${texts.join('').length} characters`),
};

/** Without what is quoted from a document of the company. */
function ownWords(sentence: string): string {
  return sentence.replace(/The document "[\s\S]*/, '');
}

/** A reader is told to do something, not only that something is so. */
const nextStep =
  /(?:[.;:,] |and )(?:[Aa]sk|[Cc]all|[Cc]hoose|[Cc]orrect|[Ll]eave|[Nn]ame|[Pp]ay|[Rr]epeat|[Ss]tart|[Ss]wap|[Tt]ry|[Uu]se|[Gg]ive)\b|If the user agrees, repeat/;

/** Stack frames, files, faults of libraries, storage's keys and ETags, directories, queries, addresses of services. */
const internals =
  /\n\s+at |node_modules|\.(?:ts|js)\b|\b[A-Z]\w*(?:Error|Exception)\b|W\/"|PartitionKey|RowKey|odata|[eE][tT]ag\b|https?:\/\/|127\.0\.0\.1|undefined|\[object |NaN|[\da-f]{8}-0000-4000-8000-/g;
