import { Fold } from '#web/record/Fold.tsx';
import { CopyBox } from '#web/ui/CopyBox.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import type { Out } from '#kernel/contract.ts';
import type { alerts } from '../contract/index.ts';
import * as snippets from './snippet-texts.ts';
import { words } from './words.ts';

const text = words.sourceForm;
export type Key = Out<(typeof alerts)['verbs']['createSource']>;

/** The key, shown once, and configuration to paste for each kind of sender. */
export function Snippets({ made }: { readonly made: Key }) {
  const addressOf = (part: string) => made.addresses.find(({ address }) => address.includes(part))?.address ?? '';
  const events = addressOf('/v2/enqueue');
  const pieces = [
    { title: text.webhook, hint: text.webhookHint, value: snippets.webhook(addressOf('/alertmanager')) },
    { title: text.grafana, hint: text.grafanaHint, value: addressOf('/grafana') },
    { title: text.pagerduty, hint: text.pagerdutyHint, value: snippets.pagerduty(events, made.key) },
    { title: text.curl, hint: text.curlHint, value: snippets.curl(events, made.key) },
  ];
  const folded = [
    { title: text.events, hint: text.eventsHint, value: snippets.events(addressOf('/events')) },
    { title: text.icinga, hint: text.icingaHint, value: snippets.icinga(addressOf('/icinga')) },
    { title: text.zabbix, hint: text.zabbixHint, value: snippets.zabbix(addressOf('/zabbix')) },
    { title: text.mail, hint: text.mailHint, value: made.addresses.find(({ format }) => format === 'Mail')?.address ?? '' },
    { title: text.change, hint: text.changeHint, value: snippets.change(addressOf('/v2/change/enqueue'), made.key) },
    { title: text.others, hint: text.othersHint, value: snippets.others(made.addresses) },
  ].filter(({ value }) => value !== '');
  return (
    <div className="stack16">
      <Note state="warning">{text.once}</Note>
      <CopyBox label={text.key} value={made.key} />
      {pieces.map(({ title, hint, value }) => (
        <Section key={title} title={title}>
          <Piece title={title} hint={hint} value={value} />
        </Section>
      ))}
      {folded.map(({ title, hint, value }) => (
        <Fold key={title} label={title} fields={[]} filled={false}>
          <Piece title={title} hint={hint} value={value} />
        </Fold>
      ))}
    </div>
  );
}

const Piece = ({ title, hint, value }: { readonly title: string; readonly hint: string; readonly value: string }) => (
  <div className="stack8">
    <CopyBox label={title} value={value} />
    <p className="dim s12">{hint}</p>
  </div>
);
