import { KeyRound, Pencil, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { send, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { peopleApi, useMe } from '#web/session.ts';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import type { Person } from '../contract.ts';
import { ROLE_OPTIONS, roleOf } from './form.ts';
import { Secret } from './Secret.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.person;

function Edit({ person, onDone }: { readonly person: Person; readonly onDone: () => void }) {
  const { number, version } = person;
  return (
    <Dialog title={text.edit} open onClose={onDone}>
      <RecordForm
        draftKey={`edit ${number}`}
        submit={words.save}
        onCancel={onDone}
        onSubmit={(values) =>
          send(peopleApi.update, { number, version, name: fieldText(values, 'name'), role: roleOf(fieldText(values, 'role')), jobTitle: fieldText(values, 'jobTitle') }, onDone)
        }
      >
        <Field name="name" label={words.name}>
          <Input defaultValue={person.name} />
        </Field>
        <Field name="role" label={words.role}>
          <Select defaultValue={person.role} options={ROLE_OPTIONS} />
        </Field>
        <Field name="jobTitle" label={words.jobTitle} optional>
          <Input defaultValue={person.jobTitle} />
        </Field>
      </RecordForm>
    </Dialog>
  );
}

export default function PersonPage() {
  const { number } = useAddress();
  const { person: me } = useMe();
  const { data, problem } = useRead(peopleApi.get, { number });
  const [asked, setAsked] = useState<'edit' | 'leave'>();
  const [link, setLink] = useState<string>();
  const reset = useWrite(peopleApi.resetLink, (answer) => setLink(answer.link));
  const leave = useWrite(peopleApi.leave, () => setAsked(undefined));
  useTitle(data?.person.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { person, may } = data;
  return (
    <RecordPage
      crumbs={[{ label: words.people.title, href: '/people' }, { label: person.name }]}
      title={person.name}
      number={person.number}
      state={
        <>
          {person.state === 'active' ? null : <Badge>{words.states[person.state]}</Badge>}
          <Badge>{words.roleShort[person.role]}</Badge>
        </>
      }
      sub={person.id === me?.id ? [person.jobTitle, text.you].filter(Boolean).join('. ') : person.jobTitle}
      facts={[
        {
          label: words.email,
          value: (
            <a className="l" href={`mailto:${person.email}`}>
              {person.email}
            </a>
          ),
        },
        {
          label: words.phone,
          value: person.phone ? (
            <a className="l" href={`tel:${person.phone}`}>
              {person.phone}
            </a>
          ) : (
            <span className="dim">–</span>
          ),
        },
        { label: words.zone, value: person.zone },
        { label: text.secondFactor, value: person.secondFactor ? text.on : text.off },
      ]}
      actions={[
        { label: text.leave, icon: UserMinus, refused: may.leave, onAct: () => setAsked('leave') },
        { label: text.reset, icon: KeyRound, refused: may.update, busy: reset.busy, onAct: () => reset.act({ number }) },
        { label: text.edit, icon: Pencil, refused: may.update, onAct: () => setAsked('edit') },
      ]}
      side={<RecordSide number={number} />}
    >
      {reset.problem ? (
        <Note live state="critical">
          {reset.problem.sentence}
        </Note>
      ) : null}
      {link ? (
        <div className="stack16">
          <p>{text.resetLink}</p>
          <Secret label={text.resetLink} value={link} />
        </div>
      ) : null}
      <Section title={text.teams} {...(person.teams.length && { count: person.teams.length })}>
        {person.teams.length ? (
          <ul className="lst">
            {person.teams.map((team) => (
              <li key={team.id}>
                <Link className="l" href={`/teams/${team.number}`}>
                  {team.title}
                </Link>
                <span className="id grow">{team.number}</span>
                {team.leads ? <span className="dim">{text.leads}</span> : null}
              </li>
            ))}
          </ul>
        ) : (
          <p className="dim">{text.noTeams}</p>
        )}
      </Section>
      {asked === 'edit' ? <Edit person={person} onDone={() => setAsked(undefined)} /> : null}
      <Confirm
        title={text.leaveTitle(person.name)}
        sub={text.leaveText}
        act={text.leave}
        open={asked === 'leave'}
        onClose={() => setAsked(undefined)}
        write={leave}
        onAct={() => leave.act({ number, version: person.version })}
      />
    </RecordPage>
  );
}
