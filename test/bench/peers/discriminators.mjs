// By hand, so that no peer's bundle holds anything of this library.
export const discriminators = [
  'ServiceOrderUpdated',
  'ResourceUpdated',
  'MessageAdded',
  'ResourceBlockUpdated',
  'CustomerAdded',
  'CustomerUpdated',
  'PaymentUpdated',
];
