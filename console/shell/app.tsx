import { useEffect, useMemo, useState } from 'preact/hooks';
import { type OpenQuestion, questions } from '../mcp/questions.ts';
import { type Connected, type Connection, connectAll, type Era } from '../mcp/session.ts';
import { endSignIn } from '../sign-in/oauth.ts';
import { openToken, type Token } from '../sign-in/token.ts';
import { Question } from './question.tsx';
import { SignIn } from './sign-in.tsx';
import { Workplace } from './workplace.tsx';

type Phase =
  | { readonly at: 'arriving' }
  | { readonly at: 'signed out'; readonly why?: string }
  | { readonly at: 'connecting'; readonly token: Token }
  | ({ readonly at: 'connected'; readonly token: Token } & Connected);

/** Signed out, on the way, or at work. */
export function App() {
  const [phase, setPhase] = useState<Phase>({ at: 'arriving' });
  const [era, setEra] = useState<Era>('modern');
  const [question, setQuestion] = useState<OpenQuestion>();
  const ask = useMemo(() => questions(setQuestion), []);
  const signedOut = (why?: string) => setPhase({ at: 'signed out', ...(why !== undefined && { why }) });

  useEffect(() => {
    const ended = () => signedOut('The sign-in has ended; sign in again.');
    endSignIn().then(
      (signedIn) => {
        if (signedIn === undefined) {
          signedOut();
        } else {
          setPhase({ at: 'connecting', token: openToken(signedIn, ended) });
        }
      },
      (error: Error) => signedOut(error.message),
    );
  }, []);

  const token = 'token' in phase ? phase.token : undefined;
  useEffect(() => {
    if (token === undefined) {
      return;
    }
    let opened: readonly Connection[] = [];
    let isLeft = false;
    const close = () => {
      for (const { client } of opened) {
        void client.close();
      }
    };
    connectAll(era, token, ask).then(
      (connected) => {
        opened = connected.connections;
        if (isLeft) {
          close();
        } else {
          setPhase({ at: 'connected', token, ...connected });
        }
      },
      (error: Error) => signedOut(error.message),
    );
    return () => {
      isLeft = true;
      close();
    };
  }, [token, era]);

  const change = (chosen: Era) => {
    if (token !== undefined && chosen !== era) {
      setPhase({ at: 'connecting', token });
      setEra(chosen);
    }
  };
  return (
    <>
      {phase.at === 'signed out' && <SignIn why={phase.why} />}
      {(phase.at === 'arriving' || phase.at === 'connecting') && (
        <main class="narrow">
          <p role="status">{phase.at === 'arriving' ? 'One moment…' : 'Connecting…'}</p>
        </main>
      )}
      {phase.at === 'connected' && (
        <Workplace
          token={phase.token}
          connections={phase.connections}
          leftOut={phase.leftOut}
          era={era}
          changeEra={change}
          signOut={() => signedOut()}
        />
      )}
      {question && <Question {...question} />}
    </>
  );
}
