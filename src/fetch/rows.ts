import type { Customer } from './rows/customer.js';
import type { Message } from './rows/message.js';
import type { Payment } from './rows/payment.js';
import type { Reservation } from './rows/reservation.js';
import type { Resource } from './rows/resource.js';
import type { ResourceBlock } from './rows/resource-block.js';

/**
 * The row of each entity as Mews documents it. Nothing of a row is checked but its `Id`: what the API
 * really sends can differ.
 *
 * @see https://docs.mews.com/connector-api/operations
 */
export interface EntityRows {
  readonly ServiceOrder: Reservation;
  readonly Resource: Resource;
  readonly Message: Message;
  readonly ResourceBlock: ResourceBlock;
  readonly Customer: Customer;
  readonly Payment: Payment;
}

/** The name of an entity. */
export type EntityName = keyof EntityRows;

/** Row types of your own for some entities; each needs an `Id`. */
export type CustomRows = { readonly [E in EntityName]?: { readonly Id: string } };

/** The row of an entity: your own type where there is one, else the documented one. */
export type RowOf<Rows extends CustomRows, E extends EntityName> = E extends keyof Rows
  ? Rows[E]
  : EntityRows[E];
