import { useState } from 'preact/hooks';
import type * as z from 'zod';
import type { approvalOutputs } from '#platform/approvals/tools';
import { type Answer, ask } from '../host/answer.ts';
import { type BodyProps, mountCard } from '../shell/mount.tsx';
import { Nothing, Trouble } from '../shell/states.tsx';
import { type Waiting, waitingIn } from '../shell/waits.tsx';
import { Asked } from './asked.tsx';
import { Decide } from './decide.tsx';
import { Meanwhile } from './meanwhile.tsx';

type Listed = z.output<typeof approvalOutputs.list>;

/** What waits for others to decide, or what the user's own call waits for; of other answers, the sentence is all. */
type Shown = { readonly said: string } & (Partial<Listed> & { readonly waits?: Waiting });

mountCard<object, Shown>({
  name: 'approval',
  title: 'A second person',
  tool: 'list_approvals',
  isAskedAgain: (tool) => tool === 'list_approvals',
  read: shownOf,
  meanwhile: (tool) => (['list_approvals', 'decide_approval'].includes(tool) ? undefined : Meanwhile),
  body: ApprovalCard,
});

/** A call that waits is answered without data, since nothing was done. */
function shownOf(answer: Answer<unknown>): Answer<unknown> {
  if (answer.kind === 'data') {
    return { ...answer, data: { ...(answer.data as object), said: answer.said } };
  }
  const waits = waitingIn(answer.why);
  return waits === undefined ? answer : { kind: 'data', data: { said: answer.why, waits }, said: answer.why };
}

function ApprovalCard({ host, tool, format, input, data }: BodyProps<object, Shown>) {
  const [next, setNext] = useState<Answer<unknown>>();
  const answer = next === undefined ? undefined : shownOf(next);
  const { waits, approvals, more, said } = answer?.kind === 'data' ? (answer.data as Shown) : data;
  const look = async (more: object = {}) => setNext(await ask(host, tool, { ...input, ...more }));
  return (
    <>
      {answer !== undefined && answer.kind !== 'data' && <Trouble {...answer} />}
      {waits !== undefined && answer?.kind !== 'refused' && (
        <Asked waits={waits} format={format} onLook={() => void look({ idempotency_key: waits.key })} />
      )}
      {waits === undefined && approvals === undefined && <p role="status">{said}</p>}
      {approvals?.length === 0 && <Nothing what="Nothing waits for your approval." />}
      {approvals !== undefined && (
        <>
          <ul class="plain">
            {approvals.map((approval) => (
              <li key={approval.approval_id}>
                <Decide approval={approval} host={host} format={format} />
              </li>
            ))}
          </ul>
          {more === true && <Nothing what="More of them wait than are shown." />}
          <button type="button" onClick={() => void look()}>
            Look again
          </button>
        </>
      )}
    </>
  );
}
