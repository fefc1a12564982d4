import { visible } from '#platform/format-controls';
import { type BodyProps, mountCard } from '../shell/mount.tsx';
import { Nothing } from '../shell/states.tsx';
import { Plan } from './plan.tsx';
import type { Subscription } from './subscription.ts';
import { wrongNow } from './wrong-now.ts';
import './service.css';

mountCard<object, Subscription>({
  name: 'service',
  title: 'Subscription and service',
  tool: 'get_subscription_detail',
  body: ServiceCard,
});

function ServiceCard({ format, data }: BodyProps<object, Subscription>) {
  const wrong = wrongNow(data, format);
  return (
    <>
      <Plan subscription={data} format={format} />
      <h2>What is wrong now</h2>
      {wrong.length === 0 ? (
        <Nothing what="Nothing is known to be wrong." />
      ) : (
        <ul>
          {wrong.map((sentence) => (
            <li key={sentence} class="over">
              {sentence}
            </li>
          ))}
        </ul>
      )}
      <h2>Incidents</h2>
      <TimeLine incidents={data.service_incidents} format={format} />
    </>
  );
}

interface TimeLineProps extends Pick<BodyProps<object, Subscription>, 'format'> {
  readonly incidents: Subscription['service_incidents'];
}

/** The newest first, as the tool has them. */
function TimeLine({ incidents, format }: TimeLineProps) {
  if (incidents.length === 0) {
    return <Nothing what="There were no incidents." />;
  }
  return (
    <ol class="line">
      {incidents.map(({ incident_id, incident_date, description, status }) => (
        <li key={incident_id} class={status === 'investigating' ? 'open' : undefined}>
          <time dateTime={incident_date}>{format.day(incident_date)}</time>{' '}
          {status === 'investigating' ? <strong>being looked into</strong> : 'resolved'}
          <p>{visible(description)}</p>
        </li>
      ))}
    </ol>
  );
}
