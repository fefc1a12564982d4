import type * as z from 'zod';
import type { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';

/** What the tool answers. */
export type Subscription = z.output<typeof getSubscriptionDetail.output>;
