/** A value and what it is; stands in a list of such (`<dl>`). @param small says it more exactly */
export function Fact({
  name,
  value,
  small,
}: {
  readonly name: string;
  readonly value: string;
  readonly small?: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {small !== undefined && <small class="quiet"> {small}</small>}
      </dd>
    </div>
  );
}
