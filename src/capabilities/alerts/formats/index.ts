import * as alertmanager from './alertmanager.ts';
import * as grafana from './grafana.ts';
import * as pagerduty from './pagerduty.ts';
import * as pagerdutyV1 from './pagerduty-v1.ts';

/** Every format the desk reads. A format is one file with `read` and one real sample beside it; delete both and its line here, and it is gone. */
export const formats = { alertmanager, grafana, pagerduty, pagerdutyV1 } as const;
export type FormatName = keyof typeof formats;
