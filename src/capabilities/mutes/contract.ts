import { contract } from '#kernel/contract.ts';

export const mutes = contract({
  name: 'mutes',
  about: 'what is kept silent, from when until when, and why',
  permissions: {},
  kinds: {},
  events: {},
  verbs: {},
});
