import { placeOf } from '../mcp/look.ts';
import type { Connection, Era, LeftOut } from '../mcp/session.ts';
import { eras } from '../mcp/session.ts';
import { tenantName } from '../place.ts';
import type { Token } from '../sign-in/token.ts';
import { JobsAndApprovals } from '../views/jobs/jobs-and-approvals.tsx';
import { Me } from '../views/me.tsx';
import { Tools } from '../views/tools.tsx';
import { Trail } from '../views/trail/trail.tsx';
import { NotConnected } from './not-connected.tsx';
import { useRoute } from './route.ts';

export interface WorkplaceProps {
  readonly token: Token;
  readonly connections: readonly Connection[];
  readonly leftOut: readonly LeftOut[];
  readonly era: Era;
  readonly changeEra: (era: Era) => void;
  readonly signOut: () => void;
}

/** The views, one at a time; which one is in the address. */
export function Workplace(props: WorkplaceProps) {
  const { token, connections, leftOut, era, changeEra, signOut } = props;
  const [view, detail] = useRoute();
  const views = {
    me: 'You',
    tools: 'Tools',
    jobs: 'Jobs and approvals',
    ...(placeOf(connections, 'read_trail') && { trail: 'Trail' }),
  };
  return (
    <>
      <header>
        <strong>{tenantName}</strong>
        <nav aria-label="Views">
          {Object.entries(views).map(([name, title]) => (
            <a key={name} href={`#/${name}`} {...(view === name && { 'aria-current': 'page' as const })}>
              {title}
            </a>
          ))}
        </nav>
        <label>
          Protocol{' '}
          <select value={era} onChange={({ currentTarget }) => changeEra(currentTarget.value as Era)}>
            {Object.entries(eras).map(([name, revision]) => (
              <option key={name} value={name}>
                {revision}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={signOut}>
          Leave
        </button>
      </header>
      <main>
        {leftOut.map((one) => (
          <NotConnected key={one.endpoint} {...one} />
        ))}
        {view === 'me' && <Me claims={token.claims()} connections={connections} />}
        {view === 'tools' && <Tools connections={connections} chosen={detail} />}
        {view === 'jobs' && <JobsAndApprovals connections={connections} chosen={detail} />}
        {view === 'trail' && <Trail connections={connections} />}
      </main>
    </>
  );
}
