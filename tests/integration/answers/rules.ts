import type { Tool } from '@modelcontextprotocol/client';
import { type SampleCall, strange } from './calls.ts';

/** A call and what came back. */
export interface Sample extends SampleCall {
  readonly texts: readonly string[];
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly isError: boolean;
}

type Problems = readonly string[];

/** Characters of an answer's text: some 10,000 tokens, from where on hosts warn of a tool. */
const mostCharacters = 40_000;
/** Experts answer in paragraphs; whatever else answers does so in a line. */
const isExpert = ({ tool }: SampleCall) => tool.startsWith('ask_');
/** The sentence is itself a field of the answer. */
const isProse = ({ texts, data }: Sample) => data?.answer === texts[0] || data?.summary === texts[0];
const sentenceOf = ({ texts }: Sample) => texts[0] ?? '';

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

/** What holds for the list of tools as a whole. */
export const listRules: Readonly<Record<string, (tools: readonly Tool[]) => Problems>> = {
  'id-from-somewhere': (tools) => {
    const given = new Set(tools.flatMap((tool) => fieldNames(tool.outputSchema)));
    return tools.flatMap((tool) =>
      Object.keys(tool.inputSchema.properties ?? {})
        .filter((name) => name.endsWith('_id') && !given.has(name))
        .map((name) => `${tool.name}: no answer gives ${name}`),
    );
  },
  'unit-in-schema': (tools) =>
    tools.flatMap((tool) =>
      schemasIn(tool.outputSchema as Schema | undefined)
        .filter(([name, { description = '' }]) => amounts.test(name) && !/dollar/i.test(description))
        .map(([name]) => `${tool.name}: ${name} does not say that it is dollars`),
    ),
  'what-for': (tools) =>
    tools
      .filter(({ description = '' }) => !/\bUse it\b|^Answers questions about\b/.test(description))
      .map(({ name, description }) => `${name}: ${description}`),
};

/** Without what is quoted from a document of the company. */
function ownWords(sentence: string): string {
  return sentence.replace(/The document "[\s\S]*/, '');
}

/** A reader is told to do something, not only that something is so. */
const nextStep =
  /(?:[.;:,] |and )(?:[Aa]sk|[Cc]all|[Cc]hoose|[Cc]orrect|[Ll]eave|[Nn]ame|[Pp]ay|[Rr]epeat|[Ss]tart|[Ss]wap|[Tt]ry|[Uu]se|[Gg]ive)\b|If the user agrees, repeat/;

/** Who or what an entry of a list is about. */
const named = /_id$|^title$|_date$|^tool$|^step$/;
/** What the entries of a list are called in a sentence, where it is not the name of the list. */
const entries: Readonly<Record<string, string>> = {
  records: 'day',
  not_eligible: 'other',
  logs: 'event',
  service_incidents: 'incident',
};
const amounts = /^(?:amount|monthly_fee|outstanding|settled|total_due)$/;
const wordsOfPeople = /^(?:description|subject|detail|reason|content|address|phone|email|request_detail)$/;

/** Stack frames, files, faults of libraries, storage's keys and ETags, directories, queries, addresses of services. */
const internals =
  /\n\s+at |node_modules|\.(?:ts|js)\b|\b[A-Z]\w*(?:Error|Exception)\b|W\/"|PartitionKey|RowKey|odata|[eE][tT]ag\b|https?:\/\/|127\.0\.0\.1|undefined|\[object |NaN|[\da-f]{8}-0000-4000-8000-/g;

function unless(holds: boolean, problem: string): Problems {
  return holds ? [] : [problem];
}

/** The lists of records at the top of an answer. */
function lists(data: Sample['data']): readonly [string, readonly object[]][] {
  return Object.entries(data ?? {}).filter((entry): entry is [string, object[]] => {
    const [, value] = entry;
    return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);
  });
}

function counts(sentence: string, count: number, list: string): boolean {
  return new RegExp(`\\b${count} ${entries[list] ?? list.replace(/s$/, '')}s?\\b`).test(sentence);
}

/** Every field of an answer, at any depth. */
function fieldsOf(value: unknown): readonly [string, unknown][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [
    [key, inner] as [string, unknown],
    ...fieldsOf(inner),
  ]);
}

function dateProblems(key: string, value: unknown): Problems {
  if (value === null || typeof value !== 'string') {
    return [];
  }
  if (/_date$/.test(key)) {
    return unless(/^\d{4}-\d\d-\d\d$/.test(value), `${key}: ${value} is no date`);
  }
  return unless(
    !/_at$|_time$/.test(key) || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value),
    `${key}: ${value} is no time in UTC`,
  );
}

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The fields that a schema names, at any depth. */
function schemasIn(schema: Schema | undefined): readonly [string, Schema][] {
  const own = Object.entries(schema?.properties ?? {});
  const inner = [...own.map(([, field]) => field), ...(schema?.items === undefined ? [] : [schema.items])];
  return [...own, ...inner.flatMap(schemasIn)];
}

function fieldNames(schema: unknown): readonly string[] {
  return schemasIn(schema as Schema | undefined).map(([name]) => name);
}
