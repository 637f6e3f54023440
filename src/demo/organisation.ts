/** Harbourworks: a company of 120 people that moves goods. Everything here is made up. */
export const ORGANISATION = 'Harbourworks';

const FIRST =
  'Anneke Jonas Mara Ruben Priya Tomás Ines Sofia Daniel Aylin Bram Chiara Dmitri Elif Femke Goran Hanna Idris Jana Kwame Lena Mehmet Nadia Oskar Paula Quirin Rosa Samir Tessa Umar Vera Wim Xenia Yusuf Zoe Arne Bianca Cem Dora Emil'.split(
    ' ',
  );
const LAST =
  'Vos Weidner Lindholm Haile Raman Ferreira Okafor Marchetti Kowalczyk Demir Bakker Conti Volkov Aydin Visser Petrović Schulz Diallo Novák Mensah Fischer Yılmaz Haddad Berg Santos Huber Moreno Khan Mulder Farah'.split(
    ' ',
  );

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly jobTitle: string;
  readonly role: 'viewer' | 'responder' | 'lead' | 'admin';
  readonly team: number;
  readonly leads: boolean;
  readonly zone: string;
}

export const TEAMS: readonly { readonly name: string; readonly about: string; readonly zone: string; readonly oncall: boolean }[] = [
  { name: 'Platform', about: 'Kubernetes, build and delivery', zone: 'Europe/Berlin', oncall: true },
  { name: 'Infrastructure', about: 'Hypervisors, storage, network', zone: 'Europe/Berlin', oncall: true },
  { name: 'Payments', about: 'Everything that books money', zone: 'Europe/Amsterdam', oncall: true },
  { name: 'Shop', about: 'Web shop and mobile app', zone: 'Europe/Amsterdam', oncall: true },
  { name: 'Logistics', about: 'Berths, cranes, tracking', zone: 'Europe/Lisbon', oncall: true },
  { name: 'Databases', about: 'PostgreSQL and what hangs on it', zone: 'Europe/Berlin', oncall: true },
  { name: 'Identity', about: 'Sign-in, directory, access', zone: 'Europe/Berlin', oncall: true },
  { name: 'Workplace', about: 'Laptops, mail, meeting rooms', zone: 'Europe/Amsterdam', oncall: false },
  { name: 'Finance systems', about: 'ERP and reporting', zone: 'Europe/Berlin', oncall: true },
  { name: 'Data', about: 'Pipelines and dashboards', zone: 'Europe/Lisbon', oncall: false },
  { name: 'Security', about: 'Detection and response', zone: 'Europe/Berlin', oncall: true },
  { name: 'Service desk', about: 'First line for everybody', zone: 'Europe/Amsterdam', oncall: false },
];

const TITLES = [
  'System administrator',
  'Senior system administrator',
  'Site reliability engineer',
  'Engineer',
  'Network engineer',
  'Database administrator',
  'Analyst',
  'Support specialist',
];

/** 120 people: the first twelve lead a team each, and the first one is the administrator who is signed in. */
export function people(): readonly DemoPerson[] {
  return Array.from({ length: 120 }, (_, i): DemoPerson => {
    const team = i % TEAMS.length;
    const leads = i < TEAMS.length;
    const first = FIRST[(i * 7) % FIRST.length] ?? 'Ada';
    const last = LAST[(i * 11 + Math.floor(i / LAST.length)) % LAST.length] ?? 'Ek';
    const name = i === 0 ? 'Anneke Vos' : `${first} ${last}`;
    return {
      name,
      team,
      leads,
      zone: TEAMS[team]?.zone ?? 'UTC',
      role: i === 0 ? 'admin' : leads ? 'lead' : i % 9 === 8 ? 'viewer' : 'responder',
      email: `${plain(name)}.${i}@harbourworks.example`,
      jobTitle: leads ? `Lead, ${TEAMS[team]?.name}` : (TITLES[(i * 3) % TITLES.length] ?? 'Engineer'),
    };
  });
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '.');
}

export interface DemoService {
  readonly name: string;
  readonly summary: string;
  readonly tier: 1 | 2 | 3 | 4;
  readonly team: string;
  readonly users: number | null;
  /** Names of services it depends on; `~` marks a soft dependency. */
  readonly uses: readonly string[];
}

const rows = `
hv-cluster|Hypervisors, four hosts|1|Infrastructure|520|
san-01|Block storage|1|Infrastructure|520|
sw-core|Core switches|1|Infrastructure|520|
vpn-edge|VPN for offices and homes|2|Infrastructure|340|sw-core ad-primary
dns-internal|Internal names|1|Infrastructure|520|hv-cluster sw-core
ntp|Time|3|Infrastructure||sw-core
backup-store|Where backups go|2|Infrastructure|12|san-01 sw-core
load-balancer|Entry for everything public|1|Platform|6800|sw-core dns-internal
k8s-prod|Kubernetes, production|1|Platform|520|hv-cluster san-01 dns-internal
k8s-test|Kubernetes, test|3|Platform||hv-cluster ~san-01
registry|Container images|2|Platform|40|k8s-prod san-01
git|Source code|2|Platform|160|hv-cluster san-01
ci|Builds and deployments|2|Platform|160|git registry ~k8s-test
metrics-store|Prometheus and long-term metrics|2|Platform|60|k8s-prod
log-store|Logs|3|Platform||k8s-prod san-01
message-bus|Messages between services|1|Platform|1080|k8s-prod
object-store|Files and pictures|2|Platform|300|san-01
erp-db|PostgreSQL of the ERP|1|Databases|260|hv-cluster san-01
shop-db|PostgreSQL of the shop|1|Databases|6800|hv-cluster san-01
tracking-db|PostgreSQL of tracking|2|Databases|900|hv-cluster san-01
session-cache|Sessions, two nodes|2|Databases|520|k8s-prod
search-index|Search of the shop|3|Databases||k8s-prod
ad-primary|Directory|1|Identity|520|hv-cluster dns-internal
sso|Single sign-on|1|Identity|520|ad-primary k8s-prod session-cache
mfa-gateway|Second factor|2|Identity|520|sso
pki|Internal certificates|2|Identity||hv-cluster
access-portal|Requests for access|3|Identity|520|sso ~ad-primary
payments-api|Takes card payments for web shop and mobile app|1|Payments|6800|erp-db session-cache sso ~message-bus
payment-gateway|Link to the card provider|1|Payments|6800|load-balancer payments-api
billing-export|Nightly export to the bank|2|Payments|6|erp-db ~object-store
refunds|Refunds and chargebacks|3|Payments|12|payments-api erp-db
fraud-score|Scores orders|2|Payments||~message-bus payments-api
web-shop|The shop|1|Shop|4200|payments-api shop-db load-balancer ~search-index session-cache
mobile-app-api|Behind the mobile app|1|Shop|2600|payments-api shop-db load-balancer
catalog-api|Products and prices|2|Shop|6800|shop-db ~object-store
recommendations|What else to buy|4|Shop||~search-index catalog-api
newsletter|Mail to customers|4|Shop||mail-gateway ~shop-db
image-resizer|Pictures in all sizes|3|Shop||object-store
tracking-api|Where a container is|1|Logistics|900|tracking-db message-bus load-balancer
berth-planner|Who berths where|2|Logistics|60|tracking-db sso
crane-control|Commands to the cranes|1|Logistics|24|sw-core message-bus
gate-system|Trucks in and out|1|Logistics|80|tracking-db sw-core
customs-link|Declarations|2|Logistics|14|tracking-api ~message-bus
weather-feed|Wind and tides|3|Logistics||~load-balancer
pallet-scanner|Scanners in the halls|2|Logistics|110|tracking-api sw-core
erp|Orders, stock, invoices|1|Finance systems|260|erp-db sso k8s-prod
reporting|Monthly figures|3|Finance systems|30|erp-db ~data-lake
payroll|Salaries|2|Finance systems|4|erp sso
invoice-mailer|Invoices by mail|3|Finance systems||erp mail-gateway
mail-gateway|Mail in and out|1|Workplace|520|dns-internal sw-core ~ad-primary
file-server|Shared folders|2|Workplace|520|san-01 ad-primary
print|Printers|4|Workplace|520|ad-primary sw-core
meeting-rooms|Room booking|4|Workplace|520|mail-gateway sso
laptop-mgmt|Management of laptops|3|Workplace|520|sso
data-lake|Raw data|3|Data||object-store message-bus
dashboards|Dashboards for everybody|3|Data|210|data-lake sso
etl|Nightly loads|3|Data||erp-db tracking-db ~data-lake
siem|Detection of attacks|2|Security||log-store
vuln-scanner|Scans every night|3|Security||sw-core
intranet|News and handbook|4|Service desk|520|sso ~file-server
`;

export const SERVICES: readonly DemoService[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [name = '', summary = '', tier = '3', team = '', users = '', uses = ''] = row.split('|');
    return { name, summary, tier: Number(tier) as 1, team, users: users === '' ? null : Number(users), uses: uses.split(' ').filter((one) => one !== '') };
  });
