import type { SeenDiagnosis } from '#contoso/diagnosis/card-tools';
import { severities } from '#contoso/diagnosis/finding';
import { steps } from '#contoso/diagnosis/steps';
import { visible } from '#platform/format-controls';
import type { Format } from '../host/format.ts';
import { Nothing } from '../shell/states.tsx';

type Finding = SeenDiagnosis['findings'][number];

/** What people call what the report calls so, of several. */
const names = {
  problem: 'Problems',
  warning: 'Warnings',
  info: 'For your information',
} satisfies Record<Finding['severity'], string>;

/** What was found, the worst first. */
export function Findings({ seen, format }: { readonly seen: SeenDiagnosis; readonly format: Format }) {
  const { findings, findings_left_out: more } = seen;
  if (findings.length === 0) {
    return <Nothing what="Nothing was found so far." />;
  }
  return (
    <>
      {severities.map((severity) => {
        const alike = findings.filter((one) => one.severity === severity);
        return (
          alike.length > 0 && (
            <section key={severity}>
              <h2 class={severity}>
                {names[severity]}: {format.number(alike.length)}
              </h2>
              <ul class="plain">
                {alike.map((one, place) => (
                  <li key={place} class={`entry ${severity}`}>
                    <strong>{visible(one.title)}</strong> <span class="quiet">{titleOf(one.step)}</span>
                    <p>{visible(one.detail)}</p>
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
      {more > 0 && <Nothing what={`${format.number(more)} more when the diagnosis is complete.`} />}
    </>
  );
}

function titleOf(step: Finding['step']): string {
  return steps.find(({ name }) => name === step)?.title ?? '';
}
