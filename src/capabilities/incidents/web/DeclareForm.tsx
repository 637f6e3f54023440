import { alerts } from '#capabilities/alerts/contract/index.ts';
import { useAddress } from '#web/address.ts';
import { api, send, useRead } from '#web/api.ts';
import { personChoice, recordChoice, searchPeople, searchServices, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useMe } from '#web/session.ts';
import { Checkbox, Field, Input, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import '#web/styles/run.css';
import { incidentsApi } from './api.ts';
import { Linked, severityOf, SeverityPick } from './look.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.declare;

export default function DeclareForm() {
  const go = useGo();
  const { search } = useAddress();
  const { person } = useMe();
  const { alert, service: named } = search;
  const from = useRead(api(alerts).get, { number: alert ?? 'ALR-0' }, { enabled: Boolean(alert) });
  const service = from.data?.alert.service;
  if ((alert && from.loading) || !person) return <Skeleton width={240} />;
  return (
    <RecordForm
      title={text.title}
      sub={text.sub}
      draftKey={`declare ${alert ?? ''}`}
      submit={text.submit}
      onCancel={() => window.history.back()}
      onSubmit={(values) => {
        const told = (name: string) => fieldText(values, name);
        const [at, team] = [told('service') || (alert ? '' : (named ?? '')), told('team')];
        const input = {
          title: told('title'),
          severity: severityOf(told('severity')),
          summary: told('summary'),
          commander: told('commander') || ('me' as const),
          restricted: values.has('restricted'),
          practice: values.has('practice'),
          ...(at && { service: at }),
          ...(team && { team }),
          ...(from.data && alert && { alert }),
        };
        return send(incidentsApi.declare, input, ({ incident }) => go(`/incidents/${incident.number}`));
      }}
    >
      {from.problem ? <Note state="warning">{from.problem.sentence}</Note> : null}
      {from.data && alert ? (
        <Note state="info">
          <span className="prose">
            <Linked text={text.from(alert)} />
          </span>
        </Note>
      ) : null}
      <Field name="title" label={text.what} hint={text.whatHint}>
        <Input defaultValue={from.data?.alert.title} required autoComplete="off" />
      </Field>
      <SeverityPick start="SEV3" />
      <Choose name="service" label={text.service} none={text.serviceNone} optional search={searchServices} start={service ? recordChoice(service) : undefined} />
      <Field name="summary" label={text.means} hint={text.meansHint} optional>
        <Textarea />
      </Field>
      <Choose name="commander" label={text.commander} hint={text.commanderHint} search={searchPeople} start={personChoice({ ...person, title: person.name })} />
      <Choose name="team" label={words.about.team} hint={text.teamHint} optional search={searchTeams} />
      <Checkbox name="restricted" label={text.restricted} hint={text.restrictedHint} />
      <Checkbox name="practice" label={text.practice} hint={text.practiceHint} />
    </RecordForm>
  );
}
