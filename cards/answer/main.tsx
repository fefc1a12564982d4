import { useState } from 'preact/hooks';
import { visible } from '#platform/format-controls';
import { type Answer, ask } from '../host/answer.ts';
import { type BodyProps, mountCard } from '../shell/mount.tsx';
import { Trouble, Waiting } from '../shell/states.tsx';
import { Actions } from './actions.tsx';
import { AskOn } from './ask-on.tsx';
import { Citation } from './citation.tsx';
import type { ExpertAnswer } from './expert-answer.ts';

mountCard<object, ExpertAnswer>({
  name: 'answer',
  title: 'Answer of an expert',
  tool: 'ask_expert',
  waiting: 'The expert looks into it…',
  body: AnswerCard,
});

function AnswerCard({ host, tool, data }: BodyProps<object, ExpertAnswer>) {
  const [next, setNext] = useState<Answer<ExpertAnswer>>({ kind: 'data', data, said: '' });
  const [isAsking, setIsAsking] = useState(false);
  const shown = next.kind === 'data' ? next.data : data;
  const askOn = async (question: string) => {
    setIsAsking(true);
    setNext(await ask<ExpertAnswer>(host, tool, { question, conversation_id: shown.conversation_id }));
    setIsAsking(false);
  };
  const { answer, citations, actions, follow_up, domain, model } = shown;
  return (
    <>
      <p class="said">{visible(answer)}</p>
      <p class="quiet">
        {domain}, by {visible(model)}
      </p>
      {citations.length > 0 && (
        <>
          <h2>It rests on</h2>
          <ul class="plain">
            {citations.map((title) => (
              <li key={title}>
                <Citation title={title} host={host} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Actions key={shown.conversation_id + answer} actions={actions} host={host} />
      {next.kind !== 'data' && <Trouble {...next} />}
      {isAsking ? (
        <Waiting what="The expert looks into it…" />
      ) : (
        <AskOn question={follow_up} onAsk={(text) => void askOn(text)} />
      )}
    </>
  );
}
