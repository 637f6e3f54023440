import { policyActions } from './policies.ts';
import { rotaActions } from './rotas.ts';

export const actions = { ...rotaActions, ...policyActions };
