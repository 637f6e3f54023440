import * as z from 'zod';

/** What a column can be. `dependsOn` holds names or ids of other rows, separated by `;` or `|`; everything else is one value. */
export const CSV_FIELDS = [
  'name',
  'ref',
  'kind',
  'type',
  'slug',
  'summary',
  'lifecycle',
  'address',
  'cloudId',
  'owner',
  'lead',
  'capability',
  'tier',
  'usersAffected',
  'rpo',
  'rto',
  'supportHours',
  'link',
  'tags',
  'dependsOn',
] as const;
export type CsvField = (typeof CSV_FIELDS)[number];

/** Which column each field is read from, by its header. Columns nobody names become attributes under their header. */
export const csvColumns = z.partialRecord(z.enum(CSV_FIELDS), z.string().trim().min(1).max(200));
export type CsvColumns = z.infer<typeof csvColumns>;

/** Headers people write, without case, spaces and signs; the first that is there wins. */
const headers: Readonly<Record<CsvField, readonly string[]>> = {
  name: ['name', 'hostname', 'assetname', 'ciname', 'servername', 'devicename', 'displayname', 'title', 'asset', 'ci', 'host', 'server', 'device', 'application', 'bezeichnung'],
  ref: ['id', 'ref', 'assetid', 'assettag', 'ciid', 'sysid', 'inventorynumber', 'inventarnummer', 'serialnumber', 'uuid'],
  kind: ['kind', 'recordkind', 'art'],
  type: ['type', 'ciclass', 'class', 'category', 'assettype', 'devicetype', 'componenttype', 'typ', 'kategorie'],
  slug: ['slug', 'key', 'shortname'],
  summary: ['summary', 'description', 'comment', 'notes', 'purpose', 'beschreibung', 'bemerkung', 'zweck'],
  lifecycle: ['lifecycle', 'status', 'state', 'stage', 'installstatus'],
  address: ['address', 'ip', 'ipaddress', 'fqdn', 'dnsname', 'endpoint', 'ipadresse', 'adresse'],
  cloudId: ['cloudid', 'arn', 'instanceid', 'resourceid', 'providerid'],
  owner: ['owner', 'team', 'ownerteam', 'owningteam', 'supportgroup', 'assignmentgroup', 'managedby', 'responsible', 'besitzer', 'verantwortlich', 'zuständig'],
  lead: ['lead', 'contact', 'ownedby', 'person', 'ansprechpartner'],
  capability: ['capability', 'businesscapability', 'businessservice', 'domain', 'fachbereich'],
  tier: ['tier', 'criticality', 'businesscriticality', 'priority', 'kritikalität'],
  usersAffected: ['usersaffected', 'users', 'usercount', 'benutzer', 'anzahlbenutzer'],
  rpo: ['rpo', 'rpominutes', 'recoverypointobjective'],
  rto: ['rto', 'rtominutes', 'recoverytimeobjective'],
  supportHours: ['supporthours', 'servicehours', 'servicezeit', 'servicezeiten'],
  link: ['link', 'url', 'wiki', 'documentation', 'runbook', 'dokumentation'],
  tags: ['tags', 'labels', 'keywords', 'schlagworte'],
  dependsOn: ['dependson', 'dependencies', 'needs', 'requires', 'uses', 'runson', 'upstream', 'abhängigkeiten', 'abhängigvon', 'benötigt'],
};

const plain = (header: string) => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** A mapping to start from; each column is used once. */
export function suggestedColumns(given: readonly string[]): CsvColumns {
  const known = new Map(given.toReversed().map((header) => [plain(header), header]));
  const used = new Set<string>();
  const columns: Partial<Record<CsvField, string>> = {};
  for (const field of CSV_FIELDS) {
    const found = headers[field].map((word) => known.get(word)).find((header) => header !== undefined && !used.has(header));
    if (found === undefined) continue;
    columns[field] = found;
    used.add(found);
  }
  return columns;
}
