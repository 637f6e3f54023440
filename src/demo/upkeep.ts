/** service | what of the business it carries | minutes of data it may lose | minutes until it is back | support | its runbook | tags */
const rows = `
hv-cluster||0|60|24 × 7|A hypervisor is gone|
san-01||0|120|24 × 7||
sw-core||0|30|24 × 7|The network is split|
dns-internal|||30|24 × 7|Names do not resolve|
backup-store||1440|480|Mon–Fri 7–19|Restore from backup|
load-balancer|||30|24 × 7|Nothing public answers|public
k8s-prod|||60|24 × 7|A node is not ready|
git||60|480|Mon–Fri 7–19|Git is read-only|
message-bus||5|60|24 × 7|A queue grows|
erp-db||5|120|24 × 7|Fail over erp-db|postgres
shop-db||5|60|24 × 7|Fail over shop-db|postgres shop
tracking-db||15|240|Mon–Sat 6–22|Fail over tracking-db|postgres
session-cache||1440|60|||
ad-primary||60|60|24 × 7|Nobody can sign in|
sso||60|30|24 × 7|Nobody can sign in|
mfa-gateway|||30|24 × 7|Second factor does not arrive|
payments-api|Take payments|0|120|Mon–Sat 6–22|Payments are failing|pci public
payment-gateway|Take payments||120|24 × 7|Paylane does not answer|pci
billing-export|Take payments|1440|1440|Mon–Fri 7–19|Send the bank file again|
refunds|Take payments|||Mon–Fri 7–19|Refund by hand|pci
web-shop|Sell online|15|60|24 × 7|The shop is down|public shop
mobile-app-api|Sell online|15|60|24 × 7|The shop is down|public shop
catalog-api|Sell online||240|||shop
tracking-api|Tell where a container is||60|24 × 7||public
crane-control|Move containers|0|15|24 × 7|Cranes stop|safety
gate-system|Move containers|0|30|24 × 7|Open the gates by hand|
berth-planner|Move containers|60|240|24 × 7||
customs-link|Clear customs|0|120|24 × 7||
erp|Invoice customers|15|240|Mon–Fri 7–19|ERP is slow|
reporting|Report to the board|||Mon–Fri 7–19|Load the figures again|
payroll|Pay people|1440|2880|Mon–Fri 7–19||
mail-gateway||60|120|Mon–Fri 7–19|Mail is late|
file-server||1440|480|Mon–Fri 7–19||
vuln-scanner||||Mon–Fri 7–19|A scan does not end|
`;

interface Upkeep {
  readonly capability: string;
  readonly rpoMinutes: number | null;
  readonly rtoMinutes: number | null;
  readonly supportHours: string;
  readonly tags: string[];
  readonly links: { readonly label: string; readonly url: string }[];
}

const minutes = (said: string) => (said === '' ? null : Number(said));

/** What is agreed for the services that matter most, by name: it is not complete, as it never is. */
export const UPKEEP: ReadonlyMap<string, Upkeep> = new Map(
  rows
    .trim()
    .split('\n')
    .map((row) => {
      const [name = '', capability = '', rpo = '', rto = '', supportHours = '', runbook = '', tags = ''] = row.split('|');
      const url = `https://handbook.harbourworks.example/runbooks/${name}`;
      return [
        name,
        {
          capability,
          rpoMinutes: minutes(rpo),
          rtoMinutes: minutes(rto),
          supportHours,
          tags: tags.split(' ').filter(Boolean),
          links: runbook ? [{ label: runbook, url }] : [],
        },
      ];
    }),
);

/** Jobs that tell that they ran: name, service, days between two pings; the one that is late has never pinged. */
export const HEARTBEATS = [
  ['Nightly backup of erp-db', 'erp-db', 1],
  ['Bank export', 'billing-export', 1],
  ['Nightly load', 'etl', 1],
  ['Nightly backup of shop-db', 'shop-db', 1],
  ['Nightly backup of tracking-db', 'tracking-db', 1],
  ['Replication of the directory', 'ad-primary', 1],
  ['Sign-in by a robot', 'sso', 1],
  ['Test order in the shop', 'web-shop', 1],
  ['Test order in the app', 'mobile-app-api', 1],
  ['Crane self-test', 'crane-control', 1],
  ['Gate self-test', 'gate-system', 1],
  ['Nightly stock count', 'erp', 1],
  ['Refunds of the day', 'refunds', 1],
  ['Figures of the day', 'reporting', 1],
  ['Restore test', 'backup-store', 7],
  ['Switch-over test', 'sw-core', 7],
  ['Weekly scan', 'vuln-scanner', 7],
] as const;

/** Single points that are known and accepted for a while: service and reason. */
export const ACCEPTED = [
  ['web-shop', 'One data centre until the second opens; the board accepted it.'],
  ['crane-control', 'The cranes can be driven by hand from the cabin.'],
] as const;
