import * as z from 'zod';
import type { Settings, Tracker } from './tracker.ts';

const Issue = z.object({ number: z.number().int(), html_url: z.url(), state: z.enum(['open', 'closed']), state_reason: z.string().nullish() });

const headers = ({ token }: Settings) => ({
  authorization: `Bearer ${token}`,
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
  'user-agent': 'quarterdeck',
});

export const github: Tracker = {
  word: 'GitHub',
  address: 'https://api.github.com',
  needsAccount: false,
  refuseProject: (project) => (/^[\w.-]+\/[\w.-]+$/.test(project) ? undefined : 'Write the repository as owner/name.'),
  create: (settings, { title, text }) => ({
    method: 'POST',
    url: `${settings.address}/repos/${settings.project}/issues`,
    headers: { ...headers(settings), 'content-type': 'application/json' },
    body: JSON.stringify({ title, body: text }),
  }),
  made(_, answer) {
    const issue = Issue.safeParse(answer).data;
    return issue && { key: String(issue.number), url: issue.html_url };
  },
  look: (settings, key) => ({ method: 'GET', url: `${settings.address}/repos/${settings.project}/issues/${key}`, headers: headers(settings) }),
  state(answer) {
    const issue = Issue.safeParse(answer).data;
    if (!issue) return undefined;
    if (issue.state === 'open') return 'open';
    return issue.state_reason === 'not_planned' || issue.state_reason === 'duplicate' ? 'dropped' : 'done';
  },
};
