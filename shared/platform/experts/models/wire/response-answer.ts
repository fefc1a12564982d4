import type { ToolRequest } from '../../ports.ts';
import type { ReadAnswer } from '../protocol.ts';
import { callsOf } from './calls.ts';
import { type OutputItem, responseShape } from './response-items.ts';
import type { Thoughts } from './thoughts.ts';
import { refuseUnreadable, turnOf, usageOf, type Written } from './turn.ts';

/**
 * An answer of the Responses API.
 * @param thoughts keeps what the calls of this turn have to be sent back with
 * @throws Unavailable when it is none: a page, another protocol
 */
export function readResponse(answer: unknown, asked: string, thoughts: Thoughts): ReadAnswer {
  const { data } = responseShape.safeParse(answer);
  if (data === undefined) {
    return refuseUnreadable(answer, 'no_output');
  }
  const { output, status, incomplete_details: incomplete, model } = data;
  const { input_tokens: input, output_tokens: written, input_tokens_details: details } = data.usage;
  const usage = usageOf(input, written, details?.cached_tokens ?? 0);
  return {
    usage,
    toTurn(known) {
      const calls = callsIn(output, known);
      thoughts.keep(output, calls);
      const said = saidIn(output);
      return turnOf(
        {
          ...said,
          calls,
          thoughts: output
            .flatMap((one) => (one.type === 'reasoning' ? one.content : []))
            .map(textOf)
            .join(''),
          end: endOf(status, incomplete?.reason),
          finishReason: incomplete?.reason || status,
        },
        { usage, model: model || asked },
      );
    },
  };
}

function endOf(status: string, reason = ''): Written['end'] {
  if (reason === 'content_filter') {
    return 'filtered';
  }
  return status === 'incomplete' ? 'cut' : 'whole';
}

function callsIn(output: readonly OutputItem[], known: ReadonlySet<string>): ToolRequest[] {
  const written = output.flatMap((one) => (one.type === 'function_call' ? [one] : []));
  return callsOf(
    written.map(({ call_id, id, ...wanted }) => ({ id: call_id ?? id, function: wanted })),
    known,
  );
}

/** What is said beside the work ("commentary") is not the answer where there is one. */
function saidIn(output: readonly OutputItem[]): Pick<Written, 'said' | 'refusal'> {
  const messages = output.flatMap((one) => (one.type === 'message' ? [one] : []));
  const final = messages.filter(({ phase }) => phase !== 'commentary');
  const content = (final.length > 0 ? final : messages).flatMap((one) => one.content);
  return {
    said: content.flatMap((part) => (part.type === 'refusal' ? [] : [part.text])).join(''),
    refusal: content.map(({ refusal }) => refusal).join(''),
  };
}

function textOf({ text }: { readonly text: string }): string {
  return text;
}
