import { policyActions } from './policies.ts';

export const actions = { ...policyActions };
