export interface AlertKind {
  readonly name: string;
  readonly summary: string;
  readonly severity: 'critical' | 'error' | 'warning';
  readonly on: readonly string[];
}

/** What fires on ordinary days. */
export const ALERT_KINDS: readonly AlertKind[] = [
  { name: 'ConnectionsHigh', summary: '{service} connections above 95 % of the limit', severity: 'critical', on: ['erp-db', 'shop-db', 'tracking-db'] },
  {
    name: 'ErrorRate',
    summary: '{service} answers 5xx to more than 2 % of requests',
    severity: 'critical',
    on: ['payments-api', 'web-shop', 'mobile-app-api', 'tracking-api', 'erp', 'sso'],
  },
  { name: 'Latency', summary: '{service} is slow: p95 above 1.2 s', severity: 'error', on: ['web-shop', 'catalog-api', 'tracking-api', 'erp', 'search-index'] },
  { name: 'DiskFull', summary: 'Disk of {service} is full in 4 hours', severity: 'error', on: ['log-store', 'metrics-store', 'backup-store', 'file-server', 'registry'] },
  { name: 'ReplicationLag', summary: 'Replica of {service} is 5 minutes behind', severity: 'error', on: ['erp-db', 'shop-db'] },
  { name: 'QueueGrowing', summary: 'Queue of {service} grows for 15 minutes', severity: 'error', on: ['message-bus', 'mail-gateway', 'invoice-mailer', 'etl'] },
  { name: 'CertificateEnds', summary: 'Certificate of {service} ends in 14 days', severity: 'warning', on: ['mail-gateway', 'load-balancer', 'vpn-edge', 'payment-gateway'] },
  { name: 'MemoryHigh', summary: 'Memory of {service} above 90 %', severity: 'warning', on: ['k8s-prod', 'hv-cluster', 'session-cache', 'crane-control'] },
  { name: 'JobLate', summary: 'Nightly job of {service} has not finished', severity: 'warning', on: ['billing-export', 'etl', 'payroll', 'vuln-scanner'] },
  { name: 'LinkFlaps', summary: 'Uplink of {service} flaps', severity: 'critical', on: ['sw-core', 'vpn-edge'] },
];

export interface IncidentStory {
  readonly service: string;
  readonly severity: 'SEV1' | 'SEV2' | 'SEV3';
  readonly alert: string;
  readonly title: string;
  readonly meaning: string;
  readonly updates: readonly [string, string, string];
  readonly notes: readonly { readonly kind: 'tested' | 'changed' | 'unknown' | 'decision'; readonly text: string; readonly result?: 'good' | 'critical' | 'info' | 'unknown' }[];
  readonly resolution: string;
  /** What contributed most. */
  readonly factor: string;
  readonly review: Readonly<Record<string, string>>;
  readonly actions: readonly string[];
}

const review = (summary: string, impact: string, causes: string): IncidentStory['review'] => ({
  summary,
  impact,
  causes,
  wentWell: 'The page reached somebody within three minutes, and roles were taken at once.',
  wentBadly: 'We looked at the wrong graph first. The runbook named a host that no longer exists.',
});

/** What breaks for real. */
export const INCIDENTS: readonly IncidentStory[] = [
  {
    service: 'payments-api',
    severity: 'SEV2',
    alert: 'payments-api: 1 in 5 card payments fails',
    title: 'Card payments fail for 1 in 5 customers',
    meaning:
      'About one in five card payments in the web shop fails. Bank transfer and invoices work. Shop and Finance are affected; if it lasts past 17:00, today’s settlement is missed.',
    updates: [
      'Card payments fail for some customers. We are looking for the cause.',
      'The connection pool of erp-db is used up since the deployment at noon. We go back to pool 40.',
      'Both nodes run with pool 40. Failures are below 0.1 %. We watch for 15 minutes.',
    ],
    notes: [
      { kind: 'tested', text: 'Payment provider answers directly in 180 ms', result: 'good' },
      { kind: 'tested', text: 'erp-db holds 198 of 200 connections', result: 'critical' },
      { kind: 'changed', text: 'Pool back to 40 on payments-2', result: 'info' },
      { kind: 'decision', text: 'We go back node by node instead of a full rollback, because a rollback restarts both nodes.' },
      { kind: 'unknown', text: 'Can customers be charged twice?' },
    ],
    resolution: 'Pool size set back to 40; failures gone.',
    actions: ['Alert on the share of used connections, per service', 'Make the pool size part of the deployment review', 'Write a runbook: free connections on erp-db'],
    factor: 'Capacity limit',
    review: review('A larger connection pool exhausted erp-db.', 'About 140 orders waited up to 40 minutes.', 'The pool was raised without the limit of the database in mind.'),
  },
  {
    service: 'mail-gateway',
    severity: 'SEV3',
    alert: 'mail-gateway: mail waits longer than 5 minutes',
    title: 'Inbound mail delayed by 9 minutes',
    meaning: 'Mail from outside arrives about nine minutes late. Nothing is lost. Sending works.',
    updates: ['Inbound mail is late. We look at the spam filter.', 'The new relay checks names one after another. We raise its workers.', 'The queue is shrinking.'],
    notes: [
      { kind: 'tested', text: 'DNS answers in 3 ms', result: 'good' },
      { kind: 'changed', text: 'Filter workers from 4 to 16', result: 'info' },
      { kind: 'unknown', text: 'Why did the test relay not show this?' },
    ],
    resolution: 'Workers raised to 16; queue is empty.',
    actions: ['Load test of the relay before it takes over', 'Show the age of the oldest mail on the dashboard'],
    factor: 'Untested path',
    review: review('The new relay had too few workers.', '118 mailboxes got mail late for two hours.', 'The relay was only tried with test mail.'),
  },
  {
    service: 'sso',
    severity: 'SEV1',
    alert: 'sso: nobody can sign in',
    title: 'Nobody can sign in with single sign-on',
    meaning: 'New sign-ins fail for everybody. Who is signed in goes on working. ERP, access portal and intranet are affected.',
    updates: [
      'Sign-in fails for everybody. We look at the directory and the sessions.',
      'The session cache lost its quorum after a node was drained. We bring the second node back.',
      'Sign-in works again. We watch the cache.',
    ],
    notes: [
      { kind: 'tested', text: 'ad-primary answers LDAP binds', result: 'good' },
      { kind: 'tested', text: 'session-cache has 1 of 2 nodes', result: 'critical' },
      { kind: 'changed', text: 'Second cache node started by hand', result: 'info' },
      { kind: 'decision', text: 'We do not restart sso: that would sign out everybody who still works.' },
    ],
    resolution: 'Both nodes of the cache run; sign-in works.',
    actions: ['Anti-affinity and a disruption budget for the session cache', 'Page when redundancy is lost, not when it is used up', 'Exercise: sign-in without the cache'],
    factor: 'Hidden dependency',
    review: review('A drained node took the quorum of the session cache with it.', '520 people could not sign in for 34 minutes.', 'No disruption budget; both nodes on one host.'),
  },
  {
    service: 'web-shop',
    severity: 'SEV2',
    alert: 'web-shop: checkout does not load',
    title: 'Checkout does not load for mobile browsers',
    meaning: 'Customers with mobile browsers see an empty checkout. About a third of all orders are affected.',
    updates: [
      'Checkout is broken on phones. We compare with the release before.',
      'A script of the new release needs a browser that half of our customers do not have. We go back.',
      'The earlier release is out. Orders from phones come in again.',
    ],
    notes: [
      { kind: 'tested', text: 'Desktop checkout works', result: 'good' },
      { kind: 'tested', text: 'Phone checkout fails in 3 of 4 browsers', result: 'critical' },
      { kind: 'changed', text: 'Shop back to release 2.40', result: 'info' },
    ],
    resolution: 'Back to the earlier release.',
    actions: ['Checkout journey in four browsers before each release', 'Release to 5 % first'],
    factor: 'Code change',
    review: review('A release needed a newer browser than customers have.', 'A third of orders for 50 minutes.', 'Tests ran in one browser only.'),
  },
  {
    service: 'tracking-api',
    severity: 'SEV2',
    alert: 'tracking-api: positions are older than 10 minutes',
    title: 'Container positions are out of date',
    meaning: 'The position of containers is up to an hour old. Gates and cranes work from paper lists.',
    updates: [
      'Positions are not updated. We look at the message bus.',
      'One consumer holds the queue with a message it cannot read. We set it aside.',
      'Positions catch up: 20 minutes behind and falling.',
    ],
    notes: [
      { kind: 'tested', text: 'Scanners send', result: 'good' },
      { kind: 'tested', text: 'Consumer restarts every 40 s', result: 'critical' },
      { kind: 'changed', text: 'Unreadable message set aside', result: 'info' },
      { kind: 'unknown', text: 'Which scanner sent it?' },
    ],
    resolution: 'Message set aside, queue worked off.',
    actions: ['Messages that cannot be read go to a queue of their own', 'Alert on the age of the oldest message'],
    factor: 'Missing safeguard',
    review: review('One unreadable message blocked the queue.', 'Gates worked from paper for 70 minutes.', 'The consumer retried for ever.'),
  },
  {
    service: 'file-server',
    severity: 'SEV3',
    alert: 'file-server: shares are read-only',
    title: 'Shared folders are read-only',
    meaning: 'Files in shared folders can be read but not saved. Local files are safe.',
    updates: ['Shared folders are read-only. We look at the storage.', 'The volume is full: a backup wrote into it. We move it away.', 'Folders can be written again.'],
    notes: [
      { kind: 'tested', text: 'san-01 is healthy', result: 'good' },
      { kind: 'tested', text: 'Volume 100 % full', result: 'critical' },
      { kind: 'changed', text: 'Backup moved to backup-store', result: 'info' },
    ],
    resolution: 'Space freed; the backup writes elsewhere.',
    actions: ['Quota for backups on the file server', 'Warn at 80 %, page at 95 %'],
    factor: 'Missing safeguard',
    review: review('A backup filled the volume.', 'Everybody for 25 minutes.', 'The backup target was typed by hand.'),
  },
  {
    service: 'sw-core',
    severity: 'SEV1',
    alert: 'sw-core: 1 of 2 uplinks is down',
    title: 'Office loses its uplink for minutes at a time',
    meaning: 'The head office loses the network for one to three minutes, several times an hour. Cranes are on the second link and safe.',
    updates: [
      'The office uplink flaps. We look at the switches.',
      'The firmware update of last night loses its spanning tree. We take the old one.',
      'One switch runs the old firmware. No flap for ten minutes.',
    ],
    notes: [
      { kind: 'tested', text: 'Provider sees no loss', result: 'good' },
      { kind: 'tested', text: 'sw-core-2 changes its root every 4 min', result: 'critical' },
      { kind: 'changed', text: 'sw-core-2 back to the old firmware', result: 'info' },
    ],
    resolution: 'Old firmware on both switches.',
    actions: ['Try firmware in the lab for a week', 'Second path for the office over vpn-edge'],
    factor: 'Infrastructure change',
    review: review('New firmware lost its spanning tree.', 'The head office for 80 minutes, on and off.', 'Both switches were updated in one night.'),
  },
  {
    service: 'erp',
    severity: 'SEV2',
    alert: 'erp: orders cannot be saved',
    title: 'Orders cannot be saved in the ERP',
    meaning: 'Saving an order in the ERP fails. Reading works. Goods can leave with papers already printed.',
    updates: ['Orders cannot be saved. We look at erp-db.', 'A report holds a lock on the orders. We end it.', 'Orders are saved again.'],
    notes: [
      { kind: 'tested', text: 'erp-db has free connections', result: 'good' },
      { kind: 'tested', text: 'Report 4711 holds a lock for 38 min', result: 'critical' },
      { kind: 'changed', text: 'Report ended', result: 'info' },
    ],
    resolution: 'The report was ended; it reads from the replica now.',
    actions: ['Reports read from the replica', 'End statements that hold a lock for 10 minutes'],
    factor: 'Unexpected load',
    review: review('A report locked the orders.', '260 people for 40 minutes.', 'Reports ran on the primary.'),
  },
  {
    service: 'k8s-prod',
    severity: 'SEV2',
    alert: 'k8s-prod: pods cannot be scheduled',
    title: 'New versions cannot be rolled out',
    meaning: 'Running services go on. New versions and restarts wait, because the cluster places no pods.',
    updates: ['Pods wait to be placed. We look at the nodes.', 'A quota of the storage is used up. We raise it.', 'Pods are placed again.'],
    notes: [
      { kind: 'tested', text: 'All four nodes are ready', result: 'good' },
      { kind: 'tested', text: 'Storage class is at its quota', result: 'critical' },
      { kind: 'changed', text: 'Quota doubled', result: 'info' },
      { kind: 'unknown', text: 'What used it up?' },
    ],
    resolution: 'Quota raised; the waiting pods run.',
    actions: ['Warn at 80 % of the storage quota', 'Delete volumes that nobody mounts', 'Show waiting pods on the platform dashboard'],
    factor: 'Capacity limit',
    review: review('The storage quota was used up.', 'No roll-out for 45 minutes.', 'Volumes of deleted tests were kept.'),
  },
  {
    service: 'message-bus',
    severity: 'SEV3',
    alert: 'message-bus: messages wait longer than a minute',
    title: 'Messages between services are slow',
    meaning: 'Tracking and fraud scoring get their messages about two minutes late. Nothing is lost.',
    updates: ['Messages are late. We look at the brokers.', 'One broker writes to a slow disk. We move its partitions.', 'Delays are below five seconds.'],
    notes: [
      { kind: 'tested', text: 'Producers are as fast as always', result: 'good' },
      { kind: 'tested', text: 'Broker 2: 40 ms a write', result: 'critical' },
      { kind: 'changed', text: 'Partitions moved to broker 3', result: 'info' },
    ],
    resolution: 'Partitions moved; the disk is replaced.',
    actions: ['Alert on the write time of each broker', 'Replace the disks of 2021'],
    factor: 'Hardware failure',
    review: review('A slow disk held up one broker.', 'Tracking was two minutes late for an hour.', 'Disk health was not watched.'),
  },
];
