import * as z from 'zod';
import type { Settings, Tracker } from './tracker.ts';

const Issue = z.object({ iid: z.number().int(), web_url: z.url(), state: z.enum(['opened', 'closed']) });

const place = ({ address, project }: Settings) => `${address}/api/v4/projects/${encodeURIComponent(project)}/issues`;

export const gitlab: Tracker = {
  word: 'GitLab',
  address: 'https://gitlab.com',
  needsAccount: false,
  refuseProject: (project) => (/^(\d+|[\w.-]+(\/[\w.-]+)+)$/.test(project) ? undefined : 'Write the project as group/name, or its number.'),
  create: (settings, { title, text }) => ({
    method: 'POST',
    url: place(settings),
    headers: { 'private-token': settings.token, 'content-type': 'application/json' },
    body: JSON.stringify({ title, description: text }),
  }),
  made(_, answer) {
    const issue = Issue.safeParse(answer).data;
    return issue && { key: String(issue.iid), url: issue.web_url };
  },
  look: (settings, key) => ({ method: 'GET', url: `${place(settings)}/${key}`, headers: { 'private-token': settings.token } }),
  state(answer) {
    const issue = Issue.safeParse(answer).data;
    return issue && (issue.state === 'opened' ? 'open' : 'done');
  },
};
