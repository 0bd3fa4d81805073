import type { EntityName } from '../../fetch/rows.js';
import type { WebhookPayload } from '../webhook.js';

/** The events that Mews sends for a change. A message is only ever added. */
export function eventsOf(entity: EntityName, id: string, isNew: boolean): WebhookPayload['Events'] {
  const Value = { Id: id };
  if (entity === 'Message') return isNew ? [{ Discriminator: 'MessageAdded', Value }] : [];
  const updated = { Discriminator: `${entity}Updated`, Value };
  return entity === 'Customer' && isNew
    ? [{ Discriminator: 'CustomerAdded', Value }, updated]
    : [updated];
}
