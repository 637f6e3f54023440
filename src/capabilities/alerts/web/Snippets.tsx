import { CopyBox } from '#web/ui/CopyBox.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import type { Out } from '#kernel/contract.ts';
import type { alerts } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.sourceForm;
export type Key = Out<(typeof alerts)['verbs']['createSource']>;

const webhook = (address: string) => `receivers:
  - name: quarterdeck
    webhook_configs:
      - url: ${address}
        send_resolved: true

route:
  receiver: quarterdeck`;

const pagerduty = (address: string, key: string) => `receivers:
  - name: quarterdeck
    pagerduty_configs:
      - url: ${address}
        routing_key: ${key}
        send_resolved: true`;

const curl = (address: string, key: string) => `curl -X POST ${address} \\
  -H 'content-type: application/json' \\
  -d '{"routing_key":"${key}","event_action":"trigger","dedup_key":"first-test","payload":{"summary":"First test","source":"my-host","severity":"warning"}}'`;

/** The key, shown once, and configuration to paste for each kind of sender. */
export function Snippets({ made }: { readonly made: Key }) {
  const addressOf = (part: string) => made.addresses.find(({ address }) => address.includes(part))?.address ?? '';
  const events = addressOf('/v2/enqueue');
  const pieces = [
    { title: text.webhook, hint: text.webhookHint, value: webhook(addressOf('/alertmanager')) },
    { title: text.grafana, hint: text.grafanaHint, value: addressOf('/grafana') },
    { title: text.pagerduty, hint: text.pagerdutyHint, value: pagerduty(events, made.key) },
    { title: text.curl, hint: text.curlHint, value: curl(events, made.key) },
  ];
  return (
    <div className="stack16">
      <Note state="warning">{text.once}</Note>
      <CopyBox label={text.key} value={made.key} />
      {pieces.map(({ title, hint, value }) => (
        <Section key={title} title={title}>
          <div className="stack8">
            <CopyBox label={title} value={value} />
            <p className="dim s12">{hint}</p>
          </div>
        </Section>
      ))}
    </div>
  );
}
