import { contract } from '#kernel/contract.ts';
import { pageVerbs } from './pages.ts';
import { postVerbs } from './posts.ts';
import { tellingVerbs } from './telling.ts';

export type { PushTarget } from './pages.ts';
export type { AudienceMessage, StatusComponent, StatusPage, StatusPost, StatusUpdate } from './shapes.ts';

export const status = contract({
  name: 'status',
  about: 'what outsiders and audiences are told: status pages, posts, who follows them, message templates',
  permissions: { 'status.read': 'viewer', 'status.write': 'responder', 'status.manage': 'lead' },
  kinds: {
    statuspage: { prefix: 'STP', word: 'status page', page: '/status-pages/{number}' },
    statuspost: { prefix: 'PST', word: 'status post', page: '/status-posts/{number}' },
  },
  events: {
    'statuspage.created': 'made the status page',
    'statuspage.changed': 'changed the status page',
    'statuspage.published': 'published the status page',
    'statuspage.hidden': 'hid the status page',
    'statuspage.linked': 'gave the status page a new link',
    'statuspage.pushing': 'asked to push the files of the page',
    'statuspage.followed': 'is followed by one more',
    'statuspage.left': 'is followed by one less',
    'statuspost.drafted': 'drafted the post',
    'statuspost.redrafted': 'changed the draft',
    'statuspost.discarded': 'threw the draft away',
    'statuspost.sent': 'told outsiders',
    'statuspost.moved': 'moved the times',
    'statuspost.turned': 'went on by itself',
    'template.changed': 'changed a message template',
    'audience.changed': 'changed who belongs to an audience',
    'audience.drafted': 'drafted a message',
    'audience.dropped': 'threw a message away',
    'audience.told': 'told an audience',
  },
  verbs: { ...pageVerbs, ...postVerbs, ...tellingVerbs },
});
