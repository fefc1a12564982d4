import { readKnowledge } from '../knowledge.ts';
import { buildScenarios } from '../scenarios/index.ts';
import type { Dataset } from '../writing/dataset.ts';
import { createContext, type SeedContext, type SeedOptions } from './context.ts';
import { generateCustomers } from './customers.ts';
import { generateIncidents } from './incidents.ts';
import { generateInvoices } from './invoices.ts';
import { generateOrders } from './orders.ts';
import { generatePayments } from './payments.ts';
import { generateProducts } from './products.ts';
import { generatePromotions } from './promotions.ts';
import { generateSecurityEvents } from './security-events.ts';
import { generateSubscriptions } from './subscriptions.ts';
import { generateTickets } from './tickets.ts';
import { generateUsage } from './usage.ts';

/**
 * Everything that one tenant knows, as a function of the options: no clock and no environment, and the only files
 * read are the knowledge documents beside this code. Generated records come first, the scenarios' after them.
 * @throws RangeError when an option is not usable; the message names it.
 */
export function generate(options: SeedOptions): Dataset {
  const context = createContext(options);
  return withScenarios(generateTables(context), buildScenarios(context));
}

function generateTables(context: SeedContext): Dataset {
  const customers = generateCustomers(context);
  const products = generateProducts(context);
  const subscriptions = generateSubscriptions(context, customers);
  const invoices = generateInvoices(context, subscriptions, products);
  return {
    customers,
    products,
    subscriptions,
    invoices,
    payments: generatePayments(context, invoices),
    usage: generateUsage(context, subscriptions),
    promotions: generatePromotions(context),
    securityEvents: generateSecurityEvents(context, customers),
    orders: generateOrders(context, customers),
    tickets: generateTickets(context, subscriptions),
    incidents: generateIncidents(context, subscriptions),
    documents: readKnowledge(context.company),
  };
}

/** Catalog and documents belong to no customer, so scenarios add nothing to them. */
function withScenarios(generated: Dataset, scenarios: readonly Partial<Dataset>[]): Dataset {
  const added = <Row>(rowsOf: (records: Partial<Dataset>) => readonly Row[] | undefined) =>
    scenarios.flatMap((records) => rowsOf(records) ?? []);
  return {
    ...generated,
    customers: [...generated.customers, ...added((records) => records.customers)],
    subscriptions: [...generated.subscriptions, ...added((records) => records.subscriptions)],
    invoices: [...generated.invoices, ...added((records) => records.invoices)],
    payments: [...generated.payments, ...added((records) => records.payments)],
    usage: [...generated.usage, ...added((records) => records.usage)],
    securityEvents: [...generated.securityEvents, ...added((records) => records.securityEvents)],
    orders: [...generated.orders, ...added((records) => records.orders)],
    tickets: [...generated.tickets, ...added((records) => records.tickets)],
    incidents: [...generated.incidents, ...added((records) => records.incidents)],
  };
}
