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

const validate = typia.createValidate<Webhook>();

// Not createIs, which has no issues to give: the job is a verdict with its reasons.
export const isValid = (body: unknown): boolean => validate(body).success;
export const issuesOf = (body: unknown): unknown => {
  const result = validate(body);
  return result.success ? undefined : result.errors;
};
