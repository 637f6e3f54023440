import { send } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { peopleApi } from '#web/session.ts';
import { Field, Input, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import type { Team } from '../contract.ts';

import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

/** Makes a team, or changes one when it is given. */
export function TeamFields({ team, onDone, onCancel }: { readonly team?: Team; readonly onDone: (team: Team) => void; readonly onCancel: () => void }) {
  return (
    <RecordForm
      {...(!team && { title: words.teams.create, sub: words.teams.formSub })}
      draftKey={team ? `edit ${team.number}` : 'team'}
      submit={team ? words.save : words.teams.create}
      onCancel={onCancel}
      onSubmit={(values) => {
        const said = { name: fieldText(values, 'name'), about: fieldText(values, 'about') };
        return team ? send(peopleApi.updateTeam, { number: team.number, version: team.version, ...said }, onDone) : send(peopleApi.createTeam, said, onDone);
      }}
    >
      <Field name="name" label={words.name}>
        <Input defaultValue={team?.name} required />
      </Field>
      <Field name="about" label={words.teams.about} optional>
        <Textarea defaultValue={team?.about} />
      </Field>
    </RecordForm>
  );
}

export default function TeamForm() {
  const go = useGo();
  return <TeamFields onCancel={() => go('/teams')} onDone={(team) => go(`/teams/${team.number}`)} />;
}
