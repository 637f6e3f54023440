import { Activity, CalendarClock, ChartLine, Database, Globe, KeyRound, Mail, Network, Radio, Server, ShieldCheck, Signpost, SquareTerminal, Users } from 'lucide-react';
import type { ProbeKind } from '../contract/index.ts';
import { kind, choices, same, host, port, user, password, database, ip, verify, certificateDays, encryption, tls, greeting, query, type Kind } from './specs.ts';

const http = kind({
  id: 'http',
  label: 'HTTP',
  line: 'A page or an interface: status, text, JSON, headers, time, certificate.',
  icon: Globe,
  example: 'Checkout page',
  specs: [
    { name: 'url', label: 'Address', as: 'text', example: 'https://shop.example.com/health' },
    { name: 'method', label: 'Method', as: 'choice', options: same('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), half: true },
    { name: 'expect', label: 'Good statuses', as: 'text', hint: 'Like 200-299 or 200, 204.', half: true },
    { name: 'text', label: 'Text the answer must contain', as: 'text', optional: true },
    { name: 'textAbsent', label: 'This text must not be there', as: 'tick', more: true },
    {
      name: 'headers',
      label: 'Headers',
      as: 'headers',
      hint: 'One a line, like Accept: application/json. Values of keys, tokens and cookies are kept secret.',
      optional: true,
      more: true,
    },
    { name: 'body', label: 'Body', as: 'area', optional: true, hint: 'Everybody who sees the check sees it.', more: true },
    { ...user, optional: true, more: true },
    { ...password, more: true },
    { name: 'token', label: 'Bearer token', as: 'secret', optional: true, more: true },
    { name: 'redirects', label: 'Redirects to follow', as: 'number', half: true, more: true },
    { ...certificateDays, half: true },
    ip,
    verify,
  ],
});

const prometheus = kind({
  id: 'prometheus',
  label: 'Prometheus query',
  line: 'A value that must stay on one side of a threshold, or must not be absent.',
  icon: ChartLine,
  example: 'Free disk of the archive',
  specs: [
    { name: 'url', label: 'Address of Prometheus', as: 'text', example: 'https://prometheus.example.com' },
    { name: 'query', label: 'Query', as: 'area', example: 'node_filesystem_avail_bytes{mountpoint="/"}' },
    {
      name: 'failsWhen',
      label: 'Fails when a value is',
      as: 'choice',
      options: choices(['>', 'over'], ['>=', 'at or over'], ['<', 'under'], ['<=', 'at or under'], ['==', 'equal to'], ['!=', 'not equal to']),
      half: true,
    },
    { name: 'threshold', label: 'Threshold', as: 'number', half: true },
    { name: 'absent', label: 'No value at all', as: 'choice', options: choices(['fail', 'is a failure'], ['pass', 'is good']) },
    { ...user, optional: true, more: true },
    { ...password, more: true },
    { name: 'token', label: 'Bearer token', as: 'secret', optional: true, more: true },
    verify,
  ],
});

const network: readonly Kind[] = [
  kind({
    id: 'ping',
    label: 'Ping',
    line: 'Whether a machine answers, and how long packets take.',
    icon: Activity,
    example: 'Core switch',
    specs: [
      { name: 'host', label: 'Host', as: 'text', example: 'core-1.example.com' },
      { name: 'packets', label: 'Packets', as: 'number', half: true, more: true },
      { name: 'lossMost', label: 'Loss allowed, percent', as: 'number', half: true, more: true },
      ip,
    ],
  }),
  kind({
    id: 'tcp',
    label: 'TCP port',
    line: 'Whether a port is open, and what it says.',
    icon: Network,
    example: 'Message queue',
    specs: [
      host('queue.example.com'),
      port,
      { name: 'send', label: 'Send', as: 'text', hint: '\\r\\n is the end of a line.', optional: true, more: true },
      { name: 'expect', label: 'The answer must contain', as: 'text', optional: true, more: true },
      { name: 'match', label: 'That is', as: 'choice', options: choices(['text', 'a text'], ['pattern', 'a regular expression']), more: true },
      ip,
    ],
  }),
  kind({
    id: 'tls',
    label: 'TLS certificate',
    line: 'Days left of a certificate and its chain, name, trust, protocol.',
    icon: ShieldCheck,
    example: 'Certificate of the shop',
    specs: [
      host('shop.example.com'),
      port,
      { name: 'daysLeast', label: 'Fails with fewer days left', as: 'number', half: true },
      { name: 'certificateDays', label: 'Warns with fewer days left', as: 'number', half: true },
      {
        name: 'protocolLeast',
        label: 'Oldest protocol allowed',
        as: 'choice',
        options: choices(['TLSv1', 'TLS 1.0'], ['TLSv1.1', 'TLS 1.1'], ['TLSv1.2', 'TLS 1.2'], ['TLSv1.3', 'TLS 1.3']),
        more: true,
      },
      { name: 'serverName', label: 'Name in the certificate', as: 'text', hint: 'Empty: the host.', optional: true, more: true },
      { name: 'authority', label: 'Authority of your own', as: 'area', hint: 'Its certificate as PEM.', optional: true, more: true },
      verify,
      ip,
    ],
  }),
  kind({
    id: 'dns',
    label: 'DNS',
    line: 'What a resolver answers for a name.',
    icon: Signpost,
    example: 'Name of the shop',
    specs: [
      { name: 'name', label: 'Name', as: 'text', half: true, example: 'www.example.com' },
      { name: 'record', label: 'Record', as: 'choice', options: same('A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'), half: true },
      { name: 'expect', label: 'One of the answers must be', as: 'text', optional: true },
      { name: 'resolver', label: 'Resolver', as: 'text', hint: 'Empty: those of the desk’s machine.', optional: true, half: true, more: true },
      { ...port, more: true },
    ],
  }),
  kind({
    id: 'domain',
    label: 'Domain expiry',
    line: 'Days until the registration of a domain ends.',
    icon: CalendarClock,
    example: 'example.com',
    specs: [
      { name: 'domain', label: 'Domain', as: 'text', half: true, example: 'example.com' },
      { name: 'daysLeast', label: 'Fails with fewer days left', as: 'number', half: true },
      { name: 'server', label: 'RDAP server', as: 'text', more: true },
    ],
  }),
  kind({ id: 'ssh', label: 'SSH', line: 'Whether an SSH server greets.', icon: KeyRound, example: 'Bastion', specs: [host('bastion.example.com'), port, greeting, ip] }),
];

const mail: readonly Kind[] = [
  kind({
    id: 'smtp',
    label: 'SMTP',
    line: 'Whether a mail server greets, and its certificate.',
    icon: Mail,
    example: 'Outgoing mail',
    specs: [host('mail.example.com'), port, encryption, greeting, certificateDays, verify, ip],
  }),
  kind({
    id: 'imap',
    label: 'IMAP',
    line: 'Whether a mailbox server greets, and its certificate.',
    icon: Mail,
    example: 'Mailboxes',
    specs: [host('mail.example.com'), port, encryption, greeting, certificateDays, verify, ip],
  }),
];

const databases: readonly Kind[] = [
  kind({
    id: 'postgresql',
    label: 'PostgreSQL',
    line: 'Login and a query.',
    icon: Database,
    example: 'ERP database',
    specs: [host('erp-db.example.com'), port, user, password, database, query, tls, verify, ip],
  }),
  kind({
    id: 'mysql',
    label: 'MySQL, MariaDB',
    line: 'Login and a query.',
    icon: Database,
    example: 'Shop database',
    specs: [host('shop-db.example.com'), port, user, password, database, query, tls, verify, ip],
  }),
  kind({
    id: 'redis',
    label: 'Redis',
    line: 'Login and a command that reads.',
    icon: Server,
    example: 'Cache',
    specs: [
      host('cache.example.com'),
      port,
      password,
      { ...user, optional: true },
      { name: 'command', label: 'Command', as: 'text', hint: 'Empty: PING. Like LLEN jobs, with a condition on [BODY].', optional: true, more: true },
      { name: 'database', label: 'Number of the database', as: 'number', more: true },
      tls,
      verify,
      ip,
    ],
  }),
];

const directory: readonly Kind[] = [
  kind({
    id: 'ldap',
    label: 'LDAP',
    line: 'Login and a search in a directory.',
    icon: Users,
    example: 'Directory',
    specs: [
      host('ldap.example.com'),
      port,
      encryption,
      { ...user, label: 'Who logs in', hint: 'Like cn=reader,dc=example,dc=com.', optional: true },
      password,
      { name: 'base', label: 'Search below', as: 'text', hint: 'Empty: no search.', optional: true, more: true },
      { name: 'filter', label: 'Filter', as: 'text', half: true, more: true },
      { name: 'entriesLeast', label: 'Entries needed', as: 'number', half: true, more: true },
      verify,
      ip,
    ],
  }),
];

const own: readonly Kind[] = [
  kind({ id: 'heartbeat', label: 'Heartbeat', line: 'Waits for a ping of your job and tells when it stays away.', icon: Radio, example: 'Nightly backup of erp-db', specs: [] }),
  kind({
    id: 'script',
    label: 'Script',
    line: 'Runs a program beside the desk, as plug-ins of Nagios. For administrators.',
    icon: SquareTerminal,
    example: 'Disk of the archive',
    specs: [
      { name: 'script', label: 'File in the directory of scripts', as: 'text', example: 'check_disk' },
      { name: 'arguments', label: 'Arguments', as: 'lines', hint: 'One a line. No shell reads them.', optional: true },
      { name: 'warnings', label: 'A warning (exit status 1)', as: 'choice', options: choices(['fail', 'is a failure'], ['pass', 'is good']) },
    ],
  }),
];

export const GROUPS: readonly { readonly label: string; readonly kinds: readonly Kind[] }[] = [
  { label: 'Web', kinds: [http, prometheus] },
  { label: 'Network', kinds: network },
  { label: 'Mail', kinds: mail },
  { label: 'Databases', kinds: databases },
  { label: 'Directory', kinds: directory },
  { label: 'Own jobs', kinds: own },
];

const all = GROUPS.flatMap(({ kinds }) => kinds);

export const ALL_KINDS: readonly ProbeKind[] = all.map(({ id }) => id);
export const kindOf = (id: unknown): Kind | undefined => all.find((kind) => kind.id === id);
export const kindLabel = (id: ProbeKind): string => kindOf(id)?.label ?? id;
