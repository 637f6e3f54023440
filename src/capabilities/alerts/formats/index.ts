import * as alertmanager from './alertmanager.ts';
import * as grafana from './grafana.ts';
import * as pagerduty from './pagerduty.ts';
import * as pagerdutyV1 from './pagerduty-v1.ts';

/** Every format the desk reads. A format is one file with `read` and one real sample beside it; delete both and its line here, and it is gone. */
export const formats = {
  alertmanager: { read: alertmanager.read },
  grafana: { read: grafana.read },
  pagerduty: { read: pagerduty.read, readText: pagerduty.readText },
  pagerdutyV1: { read: pagerdutyV1.read, readText: pagerdutyV1.readText },
} as const;
export type FormatName = keyof typeof formats;
