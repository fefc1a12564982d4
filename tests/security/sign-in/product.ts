/** What is attacked: all that the attacks use of the product comes from here, so that it can be the product less one control. */
export { isPublicAddress } from '#platform/sign-in/clients/addresses';
export { newInvitation, newPersonId } from '#platform/sign-in/own/invitation';
export { openStorage } from '#platform/storage/connect';
export { peopleStore } from '#platform/storage/people-store';
export { createLogger } from '#platform/telemetry/log';
export { createApp } from '../../../shared/app.ts';
export { readSettings } from '../../../shared/settings.ts';
