/**
 * Ten real incidents as their operators published them: short facts in our own words, all times UTC. What a source does not
 * say is listed in `notPublished`; the replay then takes the mark before it.
 *
 * Not compared with the operator's own page, which could not be opened here: GitHub 23:19; Cloudflare 2019 13:45, 14:00, 14:52;
 * Kinesis 17:39, 18:07; Google's two minutes until detection; Atlassian 07:46, 08:17, 08:24; the end of Slack's.
 */
export interface Published {
  readonly name: string;
  readonly source: string;
  readonly service: string;
  readonly severity: 'SEV1' | 'SEV2';
  readonly began: string;
  readonly detected: string;
  readonly taken: string;
  readonly contained: string | null;
  readonly resolved: string;
  readonly notPublished: readonly ('detected' | 'taken' | 'contained')[];
  readonly steps: readonly { readonly at: string; readonly kind: 'tested' | 'changed' | 'unknown' | 'update' | 'worse'; readonly text: string }[];
  readonly summary: string;
  readonly learned: string;
  /** Of the desk's list; an action follows from the first. */
  readonly factors: readonly [string, ...string[]];
  readonly action: string;
}

export const PUBLISHED: readonly Published[] = [
  {
    name: 'GitLab.com loses its primary database',
    source: 'https://about.gitlab.com/blog/2017/02/10/postmortem-of-database-outage-of-january-31/',
    service: 'GitLab.com',
    severity: 'SEV2',
    began: '2017-01-31T18:00:00Z',
    detected: '2017-01-31T18:00:00Z',
    taken: '2017-01-31T18:00:00Z',
    contained: null,
    resolved: '2017-02-01T18:14:00Z',
    notPublished: ['taken', 'contained'],
    steps: [
      { at: '2017-01-31T21:00:00Z', kind: 'update', text: 'Writes to the database lock up.' },
      { at: '2017-01-31T22:00:00Z', kind: 'tested', text: 'The replica lags too far behind and stops.' },
      { at: '2017-01-31T23:27:00Z', kind: 'worse', text: 'The data directory was removed on the primary; stopped, but most of it is gone.' },
    ],
    summary: 'While a stopped replica was set up anew, the data directory of the primary was removed. None of the usual backups could be restored; a copy six hours old was.',
    learned: 'A backup that nobody restores is a hope. Machines with the same task must look different at the prompt.',
    factors: ['Failed safety net', 'Missing safeguard', 'Unexpected load'],
    action: 'Restore a backup every day, by a machine, and alert when that fails',
  },
  {
    name: 'GitHub’s databases have two primaries',
    source: 'https://github.blog/2018-10-30-oct21-post-incident-analysis/',
    service: 'github.com',
    severity: 'SEV1',
    began: '2018-10-21T22:52:00Z',
    detected: '2018-10-21T22:54:00Z',
    taken: '2018-10-21T23:02:00Z',
    contained: '2018-10-21T23:19:00Z',
    resolved: '2018-10-22T23:03:00Z',
    notPublished: [],
    steps: [
      { at: '2018-10-21T23:07:00Z', kind: 'changed', text: 'Deployments are locked.' },
      { at: '2018-10-21T23:09:00Z', kind: 'update', text: 'The status page is yellow, two minutes later red.' },
      { at: '2018-10-21T23:13:00Z', kind: 'tested', text: 'Both coasts hold writes that the other one lacks.' },
    ],
    summary:
      'After 43 seconds without a link between two sites the databases chose new primaries on the other coast. Both sides held writes of their own; bringing them together took a day.',
    learned: 'A switch-over across a continent is a decision, not a reflex.',
    factors: ['Untested path', 'Network or DNS', 'Slow recovery'],
    action: 'Let no switch-over leave its region by itself',
  },
  {
    name: 'Google Cloud networks in the eastern US are congested',
    source: 'https://status.cloud.google.com/incident/cloud-networking/19009',
    service: 'Google Cloud networking',
    severity: 'SEV2',
    began: '2019-06-02T18:45:00Z',
    detected: '2019-06-02T18:47:00Z',
    taken: '2019-06-02T18:47:00Z',
    contained: null,
    resolved: '2019-06-02T22:40:00Z',
    notPublished: ['taken', 'contained'],
    steps: [{ at: '2019-06-02T19:25:00Z', kind: 'update', text: 'The dashboard shows a problem of Compute Engine, then of the network.' }],
    summary: 'Automation for a maintenance in one place stopped the network’s control plane in several. Routes were withdrawn and what capacity was left was congested.',
    learned: 'Automation needs a limit that it cannot pass, and tools for repair a way of their own.',
    factors: ['Latent defect', 'Missing safeguard', 'Infrastructure change'],
    action: 'Limit maintenance automation to one place at a time',
  },
  {
    name: 'Cloudflare answers 502 everywhere',
    source: 'https://blog.cloudflare.com/details-of-the-cloudflare-outage-on-july-2-2019/',
    service: 'Cloudflare edge 2019',
    severity: 'SEV1',
    began: '2019-07-02T13:42:00Z',
    detected: '2019-07-02T13:45:00Z',
    taken: '2019-07-02T13:45:00Z',
    contained: '2019-07-02T14:09:00Z',
    resolved: '2019-07-02T14:52:00Z',
    notPublished: ['taken'],
    steps: [
      { at: '2019-07-02T14:00:00Z', kind: 'tested', text: 'The firewall for web applications uses all processors.' },
      { at: '2019-07-02T14:07:00Z', kind: 'changed', text: 'It is switched off everywhere.' },
      { at: '2019-07-02T14:10:00Z', kind: 'update', text: 'Traffic is back.' },
    ],
    summary: 'A new rule held a regular expression that took all processor time of every edge server. Rules went out everywhere at once.',
    learned: 'What is called configuration can do what code does, and is rolled out like it.',
    factors: ['Configuration change', 'Unlimited roll-out', 'Missing safeguard'],
    action: 'Roll rules out step by step',
  },
  {
    name: 'Kinesis in Northern Virginia fails',
    source: 'https://aws.amazon.com/message/11201/',
    service: 'Amazon Kinesis',
    severity: 'SEV1',
    began: '2020-11-25T13:15:00Z',
    detected: '2020-11-25T13:15:00Z',
    taken: '2020-11-25T13:15:00Z',
    contained: null,
    resolved: '2020-11-26T06:23:00Z',
    notPublished: ['detected', 'taken', 'contained'],
    steps: [
      { at: '2020-11-25T17:39:00Z', kind: 'tested', text: 'Every front-end server has more threads than its system allows.' },
      { at: '2020-11-25T18:07:00Z', kind: 'changed', text: 'The first restarted servers take traffic.' },
    ],
    summary:
      'More front-end servers meant more threads on each of them, past a limit of the operating system. Restarting thousands took the day; many services depended on it without being known for it.',
    learned: 'What grows with the square of the fleet meets its limit on a day when somebody adds a little.',
    factors: ['Capacity limit', 'Infrastructure change', 'Hidden dependency'],
    action: 'Alert on threads long before the limit',
  },
  {
    name: 'Slack cannot be reached',
    source: 'https://slack.engineering/slacks-outage-on-january-4th-2021/',
    service: 'Slack',
    severity: 'SEV1',
    began: '2021-01-04T14:00:00Z',
    detected: '2021-01-04T14:45:00Z',
    taken: '2021-01-04T14:45:00Z',
    contained: null,
    resolved: '2021-01-04T18:40:00Z',
    notPublished: ['taken', 'contained'],
    steps: [
      { at: '2021-01-04T14:57:00Z', kind: 'tested', text: '99 % of messages still arrive; the provider’s network loses packets.' },
      { at: '2021-01-04T15:00:00Z', kind: 'update', text: 'Slack cannot be used.' },
      { at: '2021-01-04T16:15:00Z', kind: 'changed', text: 'The provider made the network larger; new servers start again.' },
    ],
    summary:
      'On the first working day the provider’s network did not grow with the traffic. Servers waited, were taken for broken and replaced, and what replaces them reached its own limits.',
    learned: 'What watches must not stand on what it watches.',
    factors: ['Failed dependency', 'Capacity limit'],
    action: 'Watch from outside of the network that is watched',
  },
  {
    name: 'Fastly answers with errors',
    source: 'https://www.fastly.com/blog/summary-of-june-8-outage',
    service: 'Fastly edge',
    severity: 'SEV1',
    began: '2021-06-08T09:47:00Z',
    detected: '2021-06-08T09:48:00Z',
    taken: '2021-06-08T09:48:00Z',
    contained: '2021-06-08T10:36:00Z',
    resolved: '2021-06-08T12:35:00Z',
    notPublished: ['taken'],
    steps: [
      { at: '2021-06-08T09:58:00Z', kind: 'update', text: 'The status page tells of it.' },
      { at: '2021-06-08T10:27:00Z', kind: 'tested', text: 'A customer’s valid change of settings wakes a fault.' },
      { at: '2021-06-08T10:30:00Z', kind: 'changed', text: 'That setting is switched off.' },
    ],
    summary: 'A release of May held a fault that one customer’s valid change of settings woke on 85 % of the network.',
    learned: 'Valid input of one customer must not reach the others.',
    factors: ['Latent defect', 'Configuration change'],
    action: 'Test the release with the settings that customers really have',
  },
  {
    name: 'Atlassian’s customers lose their sites',
    source: 'https://www.atlassian.com/engineering/post-incident-review-april-2022-outage',
    service: 'Atlassian cloud sites',
    severity: 'SEV2',
    began: '2022-04-05T07:38:00Z',
    detected: '2022-04-05T07:46:00Z',
    taken: '2022-04-05T08:17:00Z',
    contained: null,
    resolved: '2022-04-18T23:57:00Z',
    notPublished: ['contained'],
    steps: [{ at: '2022-04-05T08:24:00Z', kind: 'worse', text: '775 customers have lost everything they use.' }],
    summary:
      'A script for removing an old application was given the numbers of whole sites. 775 customers waited up to two weeks, because sites could only be brought back one by one.',
    learned: 'Deleting has to be harder than restoring.',
    factors: ['Missing safeguard', 'Slow recovery', 'Late communication'],
    action: 'Delete in two steps, the second one later',
  },
  {
    name: 'Cloudflare’s nineteen largest sites are unreachable',
    source: 'https://blog.cloudflare.com/cloudflare-outage-on-june-21-2022/',
    service: 'Cloudflare edge 2022',
    severity: 'SEV1',
    began: '2022-06-21T06:27:00Z',
    detected: '2022-06-21T06:32:00Z',
    taken: '2022-06-21T06:32:00Z',
    contained: '2022-06-21T07:42:00Z',
    resolved: '2022-06-21T09:00:00Z',
    notPublished: ['detected'],
    steps: [
      { at: '2022-06-21T06:51:00Z', kind: 'tested', text: 'A change on one router shows the cause.' },
      { at: '2022-06-21T06:58:00Z', kind: 'changed', text: 'The change of this morning is taken back, router by router.' },
    ],
    summary:
      'A change to the order of routing rules withdrew the addresses of nineteen sites that carry half of the traffic. Taking it back took longer because people undid each other’s work.',
    learned: 'The new design was tested last, where it carried most.',
    factors: ['Configuration change', 'Missing safeguard'],
    action: 'Begin each roll-out with the new design too',
  },
  {
    name: 'Datadog is down in all regions',
    source: 'https://www.datadoghq.com/blog/2023-03-08-multiregion-infrastructure-connectivity-issue/',
    service: 'Datadog',
    severity: 'SEV1',
    began: '2023-03-08T06:00:00Z',
    detected: '2023-03-08T06:03:00Z',
    taken: '2023-03-08T06:03:00Z',
    contained: '2023-03-08T16:44:00Z',
    resolved: '2023-03-10T06:25:00Z',
    notPublished: ['taken'],
    steps: [
      { at: '2023-03-08T09:13:00Z', kind: 'update', text: 'The first services recover.' },
      { at: '2023-03-09T08:58:00Z', kind: 'update', text: 'All services work; the past is filled in.' },
    ],
    summary: 'A security update that every region took by itself in the same hour removed routes that containers needed, from tens of thousands of machines.',
    learned: 'Regions that share a timetable are not independent.',
    factors: ['Unlimited roll-out', 'Latent defect', 'Hidden dependency'],
    action: 'Give each region its own hour for updates',
  },
];
