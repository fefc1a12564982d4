import { type ComponentChildren, render } from 'preact';
import { type Answer, ask } from '../host/answer.ts';
import { type Format, formatIn } from '../host/format.ts';
import type { Host } from '../host/host.ts';
import { useClient } from './client.ts';
import { Trouble, Waiting } from './states.tsx';
import './card.css';

/** What the body of a card is made from. */
export interface BodyProps<Input, Data> {
  readonly host: Host;
  /** The tool whose answer is shown: that of the client's call, where a card belongs to several. */
  readonly tool: string;
  readonly format: Format;
  /** The arguments of the call. */
  readonly input: Input;
  readonly data: Data;
}

/** What is known before there is an answer. */
export type MeanwhileProps<Input> = Omit<BodyProps<Input, never>, 'data'>;

export interface CardOptions<Input, Data> {
  /** As the server names the card. */
  readonly name: string;
  readonly title: string;
  /** The tool whose answer it shows, asked again when that failed. */
  readonly tool: string;
  /** What is said until there is an answer. */
  readonly waiting?: string;
  /** Shows what can be known until then, of tools whose answer may take days. */
  readonly meanwhile?: (tool: string) => ((props: MeanwhileProps<Input>) => ComponentChildren) | undefined;
  /** Whether a tool is asked once more on demand: not one that may have changed something. All are, when not said. */
  readonly isAskedAgain?: (tool: string) => boolean;
  /** Whether there is something to show in an answer without data. */
  readonly read?: (answer: Answer<unknown>) => Answer<unknown>;
  readonly body: (props: BodyProps<Input, Data>) => ComponentChildren;
}

/** Shows a card on this page, as soon as the client has told what it is about. */
export function mountCard<Input, Data>(options: CardOptions<Input, Data>): void {
  document.title = options.title;
  render(<Card {...options} />, document.body);
}

function Card<Input, Data>({
  name,
  title,
  tool: usual,
  waiting,
  meanwhile,
  read,
  isAskedAgain,
  body: Body,
}: CardOptions<Input, Data>) {
  const { host, input, answer: told, locale, called, see } = useClient(name);
  const answer = told === undefined || read === undefined ? told : read(told);
  const tool = called ?? usual;
  const again =
    host && input && isAskedAgain?.(tool) !== false
      ? async () => {
          see({ answer: undefined });
          see({ answer: await ask(host, tool, input) });
        }
      : undefined;
  const format = formatIn(locale);
  const Meanwhile = host && input ? meanwhile?.(tool) : undefined;
  return (
    <main>
      <h1>{title}</h1>
      {answer === undefined && Meanwhile !== undefined && host !== undefined && (
        <Meanwhile host={host} tool={tool} format={format} input={input as Input} />
      )}
      {answer === undefined && Meanwhile === undefined && (
        <Waiting {...(waiting !== undefined && { what: waiting })} />
      )}
      {answer !== undefined && answer.kind !== 'data' && <Trouble {...answer} again={again} />}
      {answer?.kind === 'data' && host !== undefined && (
        <Body
          host={host}
          tool={tool}
          format={format}
          input={(input ?? {}) as Input}
          data={answer.data as Data}
        />
      )}
    </main>
  );
}
