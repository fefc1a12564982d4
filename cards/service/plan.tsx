import { visible } from '#platform/format-controls';
import type { Format } from '../host/format.ts';
import { Fact } from '../shell/fact.tsx';
import type { Subscription } from './subscription.ts';

/** What was ordered, and how the subscription is set. */
export function Plan({
  subscription,
  format,
}: {
  readonly subscription: Subscription;
  readonly format: Format;
}) {
  const { subscription_id, product, status, start_date, end_date, data_cap_gb } = subscription;
  const { speed_tier, roaming_enabled, autopay_enabled } = subscription;
  return (
    <>
      <p>
        <strong>{visible(product.name)}</strong> <span class="quiet">{visible(product.description)}</span>
      </p>
      <dl>
        <Fact name="Subscription" value={`${subscription_id}, ${status}`} />
        <Fact name="Monthly fee" value={format.dollars(product.monthly_fee)} />
        <Fact name="Data cap" value={data_cap_gb === null ? 'none' : `${format.number(data_cap_gb)} GB`} />
        <Fact name="Speed" value={speed_tier} />
        <Fact name="Roaming" value={roaming_enabled ? 'on' : 'off'} />
        <Fact name="Automatic payment" value={autopay_enabled ? 'on' : 'off'} />
        <Fact name="From – to" value={`${format.day(start_date)} – ${format.day(end_date)}`} />
      </dl>
    </>
  );
}
