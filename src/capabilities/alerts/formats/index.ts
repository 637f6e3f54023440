import * as alertmanager from './alertmanager.ts';
import * as email from './email.ts';
import * as events from './events.ts';
import * as goalert from './goalert.ts';
import * as grafana from './grafana.ts';
import * as icinga from './icinga.ts';
import * as incidentio from './incidentio.ts';
import * as pagerduty from './pagerduty.ts';
import * as pagerdutyV1 from './pagerduty-v1.ts';
import * as zabbix from './zabbix.ts';

/** Every format the desk reads. A format is one file with `read` and one real sample beside it; delete both and its line here, and it is gone. */
export const formats = {
  alertmanager: { read: alertmanager.read },
  grafana: { read: grafana.read },
  pagerduty: { read: pagerduty.read, readText: pagerduty.readText },
  pagerdutyV1: { read: pagerdutyV1.read, readText: pagerdutyV1.readText },
  events: { read: events.read },
  email: { read: email.read },
  icinga: { read: icinga.read },
  zabbix: { read: zabbix.read },
  incidentio: { read: incidentio.read },
  goalert: { read: goalert.read },
  /** What the desk sends itself to try the way; no sign of life of the sender. */
  test: { read: pagerduty.read },
} as const;
export type FormatName = keyof typeof formats;
