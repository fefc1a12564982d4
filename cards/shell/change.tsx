import { useState } from 'preact/hooks';
import { type Answer, ask } from '../host/answer.ts';
import type { Format } from '../host/format.ts';
import type { Host } from '../host/host.ts';
import { Question } from './question.tsx';
import { Trouble, Waiting as WaitingNote } from './states.tsx';
import { type Waiting, WaitsForSomebody, waitingIn } from './waits.tsx';

/** How far a change is that the user asked for. */
export type Change<Data> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'asks'; readonly question: string; readonly code: string; readonly args: object }
  | { readonly kind: 'declined' }
  | { readonly kind: 'waits'; readonly waiting: Waiting }
  | Answer<Data>;

/** What a server says that wants the user's agreement and cannot ask the client for it. */
const wantsAgreement = /^(?<question>.*?) Nothing was done yet\..*confirmation_code "(?<code>[A-Z2-9-]+)"/s;

export interface Changing<Data> {
  readonly change: Change<Data>;
  /** Calls the tool. */
  run(args: object): Promise<void>;
  /** The user answers what was asked. */
  answer(agrees: boolean): Promise<void>;
}

/**
 * A call that changes something. Where the server asks for the user's agreement, the client asks, or this page does with the
 * server's own words; nothing runs without it.
 * @param done told when it was done
 */
export function useChange<Data>(host: Host, tool: string, done: (data: Data) => void): Changing<Data> {
  const [change, setChange] = useState<Change<Data>>({ kind: 'idle' });
  const run = async (args: object) => {
    setChange({ kind: 'running' });
    const answer = await ask<Data>(host, tool, args);
    const why = answer.kind === 'data' ? '' : answer.why;
    const asked = wantsAgreement.exec(why)?.groups;
    const { question = '', code = '' } = asked ?? {};
    const waiting = waitingIn(why);
    if (waiting !== undefined) {
      setChange({ kind: 'waits', waiting });
    } else {
      setChange(asked === undefined ? answer : { kind: 'asks', question, code, args });
    }
    if (answer.kind === 'data') {
      done(answer.data);
    }
  };
  return {
    change,
    run,
    async answer(agrees) {
      if (change.kind === 'asks' && agrees) {
        await run({ ...change.args, confirmation_code: change.code });
      } else {
        setChange({ kind: 'declined' });
      }
    },
  };
}

/** Shows how far it is, and asks. @param verb on the button that agrees, such as `Pay` */
export function ChangeState<Data>({
  changing,
  verb,
  format,
}: {
  readonly changing: Changing<Data>;
  readonly verb: string;
  readonly format: Format;
}) {
  const { change, answer } = changing;
  switch (change.kind) {
    case 'idle':
      return null;
    case 'running':
      return <WaitingNote what="Waiting for the server, which may ask for your agreement…" />;
    case 'asks':
      return (
        <Question
          text={`${change.question} Do you agree?`}
          yes={verb}
          onYes={() => void answer(true)}
          onNo={() => void answer(false)}
        />
      );
    case 'waits':
      return <WaitsForSomebody waiting={change.waiting} format={format} />;
    case 'declined':
      return <p role="status">Nothing was done.</p>;
    case 'data':
      return <p role="status">{change.said}</p>;
    default:
      return <Trouble {...change} />;
  }
}
