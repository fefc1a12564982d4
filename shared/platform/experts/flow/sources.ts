import { type Labels, ownText, unlabelled } from '../../mcp/definitions/labels.ts';
import type { Message, ToolRun } from '../ports.ts';
import { spoken } from './own-words.ts';

/** Something that a model has read. */
export interface Source {
  /** For the person: the name of a tool, or words. */
  readonly name: string;
  readonly text: string;
  readonly labels: Labels;
}

/** What a run begins with. */
export interface Beginning {
  /** The question as far as it is in the person's own words. */
  readonly own: string;
  readonly sources: readonly Source[];
}

/** What was said before today's question allows nothing, whoever said it; nor does what another expert hands over. */
export function beginningOf(messages: readonly Message[]): Beginning {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const question = messages[asked];
  const { own, quoted } = spoken(question?.role === 'user' ? question.text : '');
  const before = messages.slice(0, Math.max(asked, 0));
  const after = messages.slice(asked + 1);
  return {
    own,
    sources: [
      said('what your question quotes', quoted === '' ? [] : [quoted]),
      said('what was said before', before.flatMap(textOf)),
      said(
        'the expert that handed this over',
        after.filter(({ role }) => role === 'handed' || role === 'earlier').flatMap(textOf),
      ),
    ].flat(),
  };
}

/** What a call has added: its result, as it is labelled. A failure is a sentence of this service. */
export function sourceOf({ request, outcome }: ToolRun): Source[] {
  switch (outcome.kind) {
    case 'ok': {
      const { data, labels = unlabelled } = outcome;
      const name = labels.integrity === 'trusted' ? request.name : `${request.name}, where others write`;
      return [{ name, text: JSON.stringify(data) ?? '', labels }];
    }
    case 'error':
    case 'confirmation_required':
      return [{ name: request.name, text: outcome.message, labels: ownText }];
  }
}

function said(name: string, texts: readonly string[]): Source[] {
  return texts.length === 0 ? [] : [{ name, text: texts.join('\n'), labels: unlabelled }];
}

function textOf(message: Message): string[] {
  return 'text' in message && message.text !== '' ? [message.text] : [];
}
