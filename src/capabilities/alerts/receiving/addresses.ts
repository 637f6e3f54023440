import type { Config } from '#kernel/config.ts';

export interface Address {
  readonly format: string;
  readonly address: string;
  readonly how: string;
}

/** Where senders of each kind send to with this key. */
export function addressesOf({ publicUrl, smtpListen }: Pick<Config, 'publicUrl' | 'smtpListen'>, key: string): Address[] {
  const host = new URL(publicUrl).hostname;
  const ingest = `${publicUrl}/ingest/${key}`;
  return [
    { format: 'Alertmanager', address: `${ingest}/alertmanager`, how: 'webhook_configs: url. Set send_resolved: true (the default).' },
    { format: 'Grafana', address: `${ingest}/grafana`, how: 'Contact point with the integration Webhook, method POST.' },
    { format: 'JSON or CloudEvents', address: `${ingest}/events`, how: 'POST any JSON. Common names are understood; a mapping explains the others.' },
    { format: 'Icinga or Nagios', address: `${ingest}/icinga`, how: 'From a notification command, as a form or JSON.' },
    { format: 'Zabbix', address: `${ingest}/zabbix`, how: 'From a media type of the type Webhook.' },
    { format: 'PagerDuty Events v2', address: `${publicUrl}/v2/enqueue`, how: `Give the sender this host instead of events.pagerduty.com, and ${key} as routing key.` },
    { format: 'PagerDuty Events v1', address: `${publicUrl}/generic/2010-04-15/create_event.json`, how: `For older senders: ${key} as service key.` },
    { format: 'PagerDuty change events', address: `${publicUrl}/v2/change/enqueue`, how: `For deployment tools: ${key} as routing key. Nobody is paged.` },
    { format: 'incident.io', address: `${publicUrl}/v2/alert_events/http/${key}`, how: `For senders of incident.io alert events; ${key} as token.` },
    { format: 'GoAlert', address: `${publicUrl}/api/v2/generic/incoming?token=${key}`, how: 'For senders of its generic integration.' },
    ...(smtpListen ? [{ format: 'Mail', address: `${key}@${host}`, how: `By SMTP to port ${smtpListen.port} of this desk.` }] : []),
  ];
}
