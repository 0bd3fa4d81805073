import typia from 'typia';

interface Webhook {
  EnterpriseId: string & typia.tags.MinLength<1>;
  IntegrationId: string & typia.tags.MinLength<1>;
  Events: {
    Discriminator:
      | 'ServiceOrderUpdated'
      | 'ResourceUpdated'
      | 'MessageAdded'
      | 'ResourceBlockUpdated'
      | 'CustomerAdded'
      | 'CustomerUpdated'
      | 'PaymentUpdated';
    Value: { Id: string & typia.tags.MinLength<1> };
  }[];
}

/** A verdict alone, without reasons: the fastest that typia has. */
export const is = typia.createIs<Webhook>();
export const validate = typia.createValidate<Webhook>();
export const issuesOf = validate;
