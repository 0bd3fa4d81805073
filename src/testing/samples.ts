import type { IntegrationWebhookOf } from '../integration/index.js';
import type { WebhookPayload } from './webhook.js';

/**
 * The request body that the Mews documentation shows for General webhooks.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#request-body
 * @example
 * ```ts
 * import { parseWebhook } from 'mews-webhooks';
 * import { generalWebhookSample } from 'mews-webhooks/testing';
 *
 * console.log(parseWebhook(generalWebhookSample).Events.length); // 6
 * ```
 */
export const generalWebhookSample: WebhookPayload = {
  EnterpriseId: '851df8c8-90f2-4c4a-8e01-a4fc46b25178',
  IntegrationId: 'c8bee838-7fb1-4f4e-8fac-ac87008b2f90',
  Events: [
    { Discriminator: 'ServiceOrderUpdated', Value: { Id: 'bfee2c44-1f84-4326-a862-5289598f6e2d' } },
    { Discriminator: 'ResourceUpdated', Value: { Id: '7cccbdc6-73cf-4cd4-8056-6fd00f4d9699' } },
    { Discriminator: 'MessageAdded', Value: { Id: '4bfe4675-98a9-4428-9ea9-ae5300dbaa93' } },
    { Discriminator: 'CustomerAdded', Value: { Id: 'c2f1d888-232e-49eb-87ac-5f75363af13b' } },
    { Discriminator: 'CustomerUpdated', Value: { Id: 'b3ce0fd7-a715-4bfc-969e-ef7a4822963c' } },
    { Discriminator: 'PaymentUpdated', Value: { Id: 'a41e2d45-71bc-49b4-9a05-a3ac5f75735c' } },
  ],
};

/**
 * The request body that the Mews documentation shows for a new integration. Its token opens nothing.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#request-body
 * @example
 * ```ts
 * import { parseIntegrationWebhook } from 'mews-webhooks/integration';
 * import { integrationCreatedSample } from 'mews-webhooks/testing';
 *
 * console.log(parseIntegrationWebhook(integrationCreatedSample).Action); // IntegrationCreated
 * ```
 */
export const integrationCreatedSample: IntegrationWebhookOf<'IntegrationCreated'> = {
  Action: 'IntegrationCreated',
  Data: {
    Enterprise: { Id: '8865aa96-f62d-4f9b-a912-ab2100f60f42', Name: 'Sample Chain Hotel 1' },
    Service: { Id: '9745ce3a-8dbb-4cc0-a550-55f9ff67b242', Name: 'Accommodation' },
    Requestor: null,
    AccessToken: '9E5E84E9974D4F169662AB2200F27CB1-00B343A0DDA725CACAC028E38E3EABF',
    CreatedUtc: '2019-12-13T14:42:52Z',
    IsEnabled: true,
    Integration: { Id: '9e5e84e9-974d-4f16-9662-ab2200f27cb1', Name: 'WebhookTEST' },
  },
};
