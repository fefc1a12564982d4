import { useRef, useState } from 'preact/hooks';
import type * as z from 'zod';
import type { approvalOutputs } from '#platform/approvals/tools';
import { visible } from '#platform/format-controls';
import type { Format } from '../host/format.ts';
import type { Host } from '../host/host.ts';
import { ChangeState, useChange } from '../shell/change.tsx';
import { Fact } from '../shell/fact.tsx';
import { Question } from '../shell/question.tsx';

type Approval = z.output<typeof approvalOutputs.list>['approvals'][number];
type Decided = z.output<typeof approvalOutputs.decision>;

export interface DecideProps {
  readonly approval: Approval;
  readonly host: Host;
  readonly format: Format;
}

/** Who wants what, and the decision. Approving asks in the words of the server, which alone decides whether this user may. */
export function Decide({ approval, host, format }: DecideProps) {
  const {
    approval_id,
    what,
    tool,
    requested_by,
    requested_by_name: name,
    requested_at,
    expires_at,
  } = approval;
  const [reason, setReason] = useState('');
  const [isDeclining, setIsDeclining] = useState(false);
  const [isDecided, setIsDecided] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const changing = useChange<Decided>(host, 'decide_approval', () => setIsDecided(true));
  const { change, run } = changing;
  const isBusy = isDeclining || change.kind === 'running' || change.kind === 'asks';
  const decide = (decision: 'approve' | 'decline') => void run({ approval_id, decision, reason });
  const isReady = () => field.current?.reportValidity() === true;
  const id = `reason-${approval_id}`;
  return (
    <section aria-label={visible(what)} class="entry">
      <p>
        <strong>{visible(what)}</strong>
      </p>
      <dl>
        {name === undefined ? (
          <Fact name="Asked for by" value={visible(requested_by)} />
        ) : (
          <Fact name="Asked for by" value={visible(name)} small={visible(requested_by)} />
        )}
        <Fact name="Since" value={format.time(requested_at)} />
        <Fact name="Can be decided until" value={format.time(expires_at)} />
      </dl>
      <code>{visible(`${tool} ${JSON.stringify(approval.arguments)}`)}</code>
      {!isDecided && (
        <p>
          <label for={id}>Your reason</label>{' '}
          <input
            ref={field}
            id={id}
            type="text"
            required
            pattern=".*\S.*"
            maxLength={500}
            value={reason}
            disabled={isBusy}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />{' '}
          <button type="button" disabled={isBusy} onClick={() => isReady() && decide('approve')}>
            Approve
          </button>{' '}
          <button type="button" disabled={isBusy} onClick={() => isReady() && setIsDeclining(true)}>
            Decline
          </button>
        </p>
      )}
      {isDeclining && (
        <Question
          text="It will not happen, and whoever asked is told your reason. Decline it?"
          yes="Yes, decline it"
          onYes={() => {
            setIsDeclining(false);
            decide('decline');
          }}
          onNo={() => setIsDeclining(false)}
        />
      )}
      <ChangeState changing={changing} verb="Agree and approve" format={format} />
    </section>
  );
}
