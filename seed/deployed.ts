import { demoCompany } from './demo-company.ts';

/** What a developer's machine has of the business that is deployed (`shared/deployed.ts`). */
export const localData = demoCompany;
