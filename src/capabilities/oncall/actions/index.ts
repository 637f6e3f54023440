import { nowActions } from './now.ts';
import { pagingActions } from './paging.ts';
import { policyActions } from './policies.ts';
import { previewActions } from './preview.ts';

export const actions = { ...policyActions, ...pagingActions, ...nowActions, ...previewActions };
