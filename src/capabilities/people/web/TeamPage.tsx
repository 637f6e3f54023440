import { Pencil, X } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { useRead, useWrite } from '#web/api.ts';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { useRecordSearch } from '#web/record/RecordLinks.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { peopleApi } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Badge } from '#web/ui/Status.tsx';
import type { Team } from '../contract.ts';
import { TeamFields } from './TeamForm.tsx';
import { words } from './words.ts';

const text = words.teams;
const KINDS = ['person'];

function Members({ team, refused }: { readonly team: Team; readonly refused: string | null }) {
  const search = useRecordSearch(KINDS);
  const [chosen, setChosen] = useState<Choosable>();
  const add = useWrite(peopleApi.addMember, () => setChosen(undefined));
  const remove = useWrite(peopleApi.removeMember);
  const problem = add.problem ?? remove.problem;
  const { number } = team;
  return (
    <Section title={text.members} {...(team.members.length && { count: team.members.length })}>
      {team.members.length ? (
        <ul className="lst">
          {team.members.map((one) => (
            <li key={one.id}>
              <Link className="grow" href={`/people/${one.number}`}>
                <Person person={{ id: one.id, name: one.title }} />
              </Link>
              {one.leads ? <Badge>{text.lead}</Badge> : null}
              {refused ? null : (
                <>
                  <Button size="small" variant="quiet" busy={add.busy} onClick={() => add.act({ number, person: one.number, leads: !one.leads })}>
                    {one.leads ? text.endLead : text.makeLead}
                  </Button>
                  <Button size="small" variant="quiet" square icon={X} aria-label={`${text.remove} ${one.title}`} onClick={() => remove.act({ number, person: one.number })} />
                </>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim">{text.noMembers}</p>
      )}
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      {refused ? null : (
        <div className="inlineform">
          <Field name="person" label={text.person}>
            <Combobox label={text.person} chosen={chosen} search={search} onChoose={setChosen} />
          </Field>
          <Button busy={add.busy} onClick={() => chosen && add.act({ number, person: chosen.id })}>
            {text.add}
          </Button>
        </div>
      )}
    </Section>
  );
}

export default function TeamPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(peopleApi.team, { number });
  const [editing, setEditing] = useState(false);
  useTitle(data?.team.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { team, may } = data;
  return (
    <RecordPage
      crumbs={[{ label: text.title, href: '/teams' }, { label: team.name }]}
      title={team.name}
      number={team.number}
      sub={team.about}
      actions={[{ label: text.edit, icon: Pencil, refused: may.updateTeam, onAct: () => setEditing(true) }]}
      side={<RecordSide number={number} />}
    >
      <Members team={team} refused={may.updateTeam} />
      <Dialog title={text.edit} open={editing} onClose={() => setEditing(false)}>
        <TeamFields team={team} onDone={() => setEditing(false)} onCancel={() => setEditing(false)} />
      </Dialog>
    </RecordPage>
  );
}
