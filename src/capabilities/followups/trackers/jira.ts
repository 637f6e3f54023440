import * as z from 'zod';
import type { Settings, Tracker } from './tracker.ts';

const Created = z.object({ key: z.string().regex(/^[A-Z][A-Z0-9_]*-\d+$/) });
const Issue = z.object({
  fields: z.object({ status: z.object({ statusCategory: z.object({ key: z.string() }) }), resolution: z.object({ name: z.string() }).nullish() }),
});
const UNDONE = /^(won't|wont|cannot|can't|duplicate|declined|not )/i;

/** A cloud account signs in by its mail address and token, a server by the token alone. */
const headers = ({ account, token }: Settings) => ({
  authorization: account === '' ? `Bearer ${token}` : `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
  accept: 'application/json',
});

export const jira: Tracker = {
  word: 'Jira',
  address: '',
  needsAccount: true,
  refuseProject: (project) => (/^[A-Z][A-Z0-9_]*$/.test(project) ? undefined : 'Write the key of the project, such as OPS.'),
  // Version 2 takes plain text on cloud and server alike.
  create: (settings, { title, text }) => ({
    method: 'POST',
    url: `${settings.address}/rest/api/2/issue`,
    headers: { ...headers(settings), 'content-type': 'application/json' },
    body: JSON.stringify({ fields: { project: { key: settings.project }, issuetype: { name: 'Task' }, summary: title, description: text } }),
  }),
  made({ address }, answer) {
    const issue = Created.safeParse(answer).data;
    return issue && { key: issue.key, url: `${address}/browse/${issue.key}` };
  },
  look: (settings, key) => ({ method: 'GET', url: `${settings.address}/rest/api/2/issue/${key}?fields=status,resolution`, headers: headers(settings) }),
  state(answer) {
    const fields = Issue.safeParse(answer).data?.fields;
    if (!fields) return undefined;
    if (fields.status.statusCategory.key !== 'done') return 'open';
    return UNDONE.test(fields.resolution?.name ?? '') ? 'dropped' : 'done';
  },
};
