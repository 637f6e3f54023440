import { Bell, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useWrite } from '#web/api.ts';
import { useRecordSearch } from '#web/record/RecordLinks.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox } from '#web/ui/Combobox.tsx';
import { Field } from '#web/ui/Field.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { IncidentPage } from '../contract.ts';
import { incidentsApi } from './api.ts';
import { words } from './words.ts';

const text = words.alerts;
const KINDS = ['alert'];

/** The alerts that belong to the incident. */
export function Alerts({ page }: { readonly page: IncidentPage }) {
  const { alerts, may, incident } = page;
  const { number } = incident;
  const [adding, setAdding] = useState(false);
  const search = useRecordSearch(KINDS);
  const add = useWrite(incidentsApi.addAlert, () => setAdding(false));
  const remove = useWrite(incidentsApi.removeAlert);
  const problem = add.problem ?? remove.problem;
  return (
    <Section
      title={text.title}
      {...(alerts.length && { count: alerts.length })}
      end={
        adding ? null : (
          <Button variant="quiet" size="small" icon={Plus} refused={may.addAlert} onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        )
      }
    >
      {adding ? (
        <div className="inlineform">
          <Field name="alert" label={text.label}>
            <Combobox label={text.label} search={search} onChoose={(choice) => choice && add.act({ number, alert: choice.id })} />
          </Field>
          <Button variant="quiet" onClick={() => setAdding(false)}>
            {words.cancel}
          </Button>
        </div>
      ) : null}
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      {alerts.length ? (
        <ul className="lst">
          {alerts.map((alert) => (
            <li key={alert.id}>
              <Icon of={Bell} size={14} dim />
              <Link className="el b" href={`/alerts/${alert.number}`}>
                {alert.title}
              </Link>
              <span className="id grow">{alert.number}</span>
              <span className="dim s12 num nw">
                {text.joined} <Time at={alert.joinedAt} />
              </span>
              {may.removeAlert ? null : (
                <Button variant="quiet" size="small" square icon={X} aria-label={`${text.remove} ${alert.number}`} onClick={() => remove.act({ number, alert: alert.number })} />
              )}
            </li>
          ))}
        </ul>
      ) : adding ? null : (
        <p className="dim s13">{text.none}</p>
      )}
    </Section>
  );
}
