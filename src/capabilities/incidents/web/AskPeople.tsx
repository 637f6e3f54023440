import { X } from 'lucide-react';
import { useState } from 'react';
import { send, useWrite } from '#web/api.ts';
import { personChoice, recordChoice, searchPeople, searchServices, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Checkbox, Field, Input, Select } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { ROLES, type IncidentRole } from '../contract.ts';
import { incidentsApi } from './api.ts';
import type { AskProps } from './Ask.tsx';
import { personOf } from './look.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.ask;

/** Gives a role, hands it over, or leaves it empty. */
export function RoleForm({ page, onClose, role: first }: AskProps & { readonly role: IncidentRole }) {
  const { number, roles } = page.incident;
  const { person } = useMe();
  const [role, setRole] = useState(first);
  const holder = roles[role];
  const [chosen, setChosen] = useState<Choosable | undefined>();
  const give = useWrite(incidentsApi.assign, onClose);
  return (
    <Dialog title={text.roleTitle} sub={words.roleDoes[role]} open onClose={onClose}>
      <Field name="role" label={text.role}>
        <Select
          value={role}
          onChange={(event) => setRole(ROLES.find((each) => each === event.currentTarget.value) ?? 'commander')}
          options={ROLES.map((value) => ({ value, label: words.roles[value] }))}
        />
      </Field>
      <Field name="person" label={text.person}>
        <Combobox label={text.person} chosen={chosen ?? (holder ? personChoice(holder) : undefined)} search={searchPeople} onChoose={setChosen} none={text.searchPerson} />
      </Field>
      {give.problem ? (
        <Note live state="critical">
          {give.problem.sentence}
        </Note>
      ) : null}
      <div className="end">
        <Button variant="primary" busy={give.busy} refused={chosen ? null : text.searchPerson} onClick={() => chosen && give.act({ number, role, person: chosen.id })}>
          {text.give}
        </Button>
        {holder?.id === person?.id ? null : (
          <Button busy={give.busy} onClick={() => give.act({ number, role, person: 'me' })}>
            {text.me}
          </Button>
        )}
        {holder ? (
          <Button variant="quiet" busy={give.busy} onClick={() => give.act({ number, role, person: null })}>
            {text.empty}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}

/** Who joined; bring somebody in, join, or leave. */
export function Here({ page, onClose }: AskProps) {
  const { incident, may } = page;
  const { number, participants } = incident;
  const join = useWrite(incidentsApi.join);
  const leave = useWrite(incidentsApi.leave);
  const problem = join.problem ?? leave.problem;
  return (
    <Dialog title={text.hereTitle} open onClose={onClose}>
      {participants.length ? (
        <ul className="lst">
          {participants.map((one) => (
            <li key={one.id}>
              <span className="grow">
                <Person person={personOf(one)} />
              </span>
              <Button variant="quiet" size="small" square icon={X} aria-label={`${text.leave}: ${one.title}`} onClick={() => leave.act({ number, person: one.number })} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim s13">{text.alone}</p>
      )}
      <Field name="person" label={text.bring}>
        <Combobox label={text.bring} search={searchPeople} none={text.searchPerson} onChoose={(choice) => choice && join.act({ number, person: choice.id })} />
      </Field>
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      <div className="end">
        {may.leave === null ? (
          <Button busy={leave.busy} onClick={() => leave.act({ number })}>
            {text.leave}
          </Button>
        ) : (
          <Button variant="primary" busy={join.busy} refused={may.join} onClick={() => join.act({ number })}>
            {text.join}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** Title, service, team, and how often updates are due. */
export function EditIncident({ page, onClose }: AskProps) {
  const { number, version, title, service, team, everyMinutes, stage } = page.incident;
  return (
    <Dialog title={text.editTitle} open onClose={onClose}>
      <RecordForm
        draftKey={`edit ${number}`}
        submit={words.save}
        onCancel={onClose}
        onSubmit={async (values) => {
          const every = fieldText(values, 'every') === '' ? null : Number(fieldText(values, 'every'));
          if (stage !== 'resolved' && every !== everyMinutes) {
            const refused = await send(incidentsApi.setCadence, { number, everyMinutes: every }, () => undefined);
            if (refused) return refused;
          }
          const fresh = stage !== 'resolved' && every !== everyMinutes ? {} : { version };
          return send(
            incidentsApi.update,
            { number, ...fresh, title: fieldText(values, 'title'), service: fieldText(values, 'service') || null, team: fieldText(values, 'team') || null },
            onClose,
          );
        }}
      >
        <Field name="title" label={words.about.name}>
          <Input defaultValue={title} required />
        </Field>
        <Choose name="service" label={words.about.service} none={words.none} optional search={searchServices} start={service ? recordChoice(service) : undefined} />
        <Choose name="team" label={words.about.team} none={words.none} optional search={searchTeams} start={team ? recordChoice(team) : undefined} />
        {stage === 'resolved' ? null : (
          <Field name="every" label={text.every} hint={text.everyHint} optional>
            <Input type="number" min={0} max={1440} defaultValue={everyMinutes ?? ''} />
          </Field>
        )}
      </RecordForm>
    </Dialog>
  );
}

/** Says who may see the incident. */
export function Readers({ page, onClose }: AskProps) {
  const { incident } = page;
  const { number, version } = incident;
  const [restricted, setRestricted] = useState(incident.restricted);
  const [readers, setReaders] = useState<readonly Choosable[]>(() => page.readers.map(personChoice));
  const keep = useWrite(incidentsApi.restrict, onClose);
  return (
    <Dialog title={text.restrictTitle} sub={text.restrictSub} open onClose={onClose}>
      <Checkbox label={text.restrict} checked={restricted} onChange={(event) => setRestricted(event.currentTarget.checked)} />
      {restricted ? (
        <>
          <Field name="reader" label={text.readers}>
            <Combobox
              label={text.readers}
              search={searchPeople}
              none={text.searchPerson}
              onChoose={(choice) => choice && setReaders([...readers.filter(({ id }) => id !== choice.id), choice])}
            />
          </Field>
          <ul className="lst">
            {readers.map((reader) => (
              <li key={reader.id}>
                {reader.picture}
                <span className="grow">{reader.label}</span>
                <Button
                  variant="quiet"
                  size="small"
                  square
                  icon={X}
                  aria-label={`${text.leave}: ${reader.label}`}
                  onClick={() => setReaders(readers.filter(({ id }) => id !== reader.id))}
                />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {keep.problem ? (
        <Note live state="critical">
          {keep.problem.sentence}
        </Note>
      ) : null}
      <div className="end">
        <Button variant="primary" busy={keep.busy} onClick={() => keep.act({ number, version, restricted, readers: restricted ? readers.map(({ id }) => id) : [] })}>
          {text.keep}
        </Button>
      </div>
    </Dialog>
  );
}
