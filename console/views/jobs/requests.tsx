import { useState } from 'preact/hooks';
import { type Looked, noArguments, placeOf, useLook } from '../../mcp/look.ts';
import type { Connection } from '../../mcp/session.ts';
import { Problem } from '../../problem.tsx';
import { timeText } from '../time.ts';
import { EndIt } from './end-it.tsx';

interface Listed {
  readonly requests: readonly {
    readonly approval_id: string;
    readonly what: string;
    readonly requested_at: string;
    readonly expires_at: string;
  }[];
}

interface Withdrawn {
  readonly result: string;
}

/** What its user asked for themselves: somebody else decides, and until then they can take it back. */
export function Requests({ connections }: { readonly connections: readonly Connection[] }) {
  const place = placeOf(connections, 'list_requests');
  const { data, problem, again } = useLook<Listed>(place, noArguments);
  const [last, setLast] = useState<Looked<Withdrawn>>();
  if (place === undefined) {
    return null;
  }
  const withdrawn = (answer: Looked<Withdrawn>) => {
    setLast(answer);
    again();
  };
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">What I asked for that waits</h2>
      <Problem text={problem ?? last?.problem} />
      {last?.data && <p role="status">{last.data.result}</p>}
      {data?.requests.length === 0 && <p class="quiet">Nothing of yours waits for a second person.</p>}
      <ul class="plain entries">
        {data?.requests.map(({ approval_id, what, requested_at, expires_at }) => (
          <li key={approval_id}>
            <p class="said">{what}</p>
            <p class="quiet">
              Since {timeText(requested_at)}; a second person can decide until {timeText(expires_at)}.
              Approval <code>{approval_id}</code>
            </p>
            <EndIt
              place={placeOf(connections, 'withdraw_request')}
              args={{ approval_id }}
              verb="Withdraw"
              question="Nobody can approve it then. Withdraw it?"
              yes="Yes, withdraw it"
              no="No, let it wait"
              onDone={withdrawn}
            />
          </li>
        ))}
      </ul>
      <button type="button" onClick={again}>
        Look again
      </button>
    </section>
  );
}
