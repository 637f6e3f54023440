import { useAddress } from '#web/address.ts';
import { api, send } from '#web/api.ts';
import { personChoice, recordChoice, searchPeople, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useRecordSearch } from '#web/record/RecordLinks.tsx';
import { useMe } from '#web/session.ts';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Skeleton } from '#web/ui/Parts.tsx';
import { actionKind, followups, priority, type FollowUp } from '../contract.ts';
import '#web/styles/run.css';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const PRIORITIES = priority.options.map((value) => ({ value, label: words.priorities[value] }));

const FOR = actionKind.options.map((value) => ({ value, label: words.kinds[value] }));

interface FieldsProps {
  readonly action?: FollowUp;
  readonly onDone: (action: FollowUp) => void;
  readonly onCancel: () => void;
}

/** Makes an action, or changes one when it is given. */
export function ActionFields({ action, onDone, onCancel }: FieldsProps) {
  const { search } = useAddress();
  const { person } = useMe();
  const find = useRecordSearch();
  const [owner, team, about] = [action?.owner, action?.team, search['about']];
  const self = person && !action ? personChoice({ ...person, title: person.name }) : undefined;
  return (
    <RecordForm
      {...(!action && { title: words.make, sub: words.formSub })}
      draftKey={action ? `edit ${action.number}` : 'action'}
      submit={action ? words.save : words.make}
      onCancel={onCancel}
      onSubmit={(values) => {
        const typed = {
          title: fieldText(values, 'title'),
          detail: fieldText(values, 'detail'),
          priority: priority.catch('normal').parse(fieldText(values, 'priority')),
          kind: actionKind.catch('prevent').parse(fieldText(values, 'kind')),
        };
        const [to, of, day, from] = [fieldText(values, 'owner'), fieldText(values, 'team'), fieldText(values, 'dueOn'), fieldText(values, 'about')];
        if (action)
          return send(api(followups).update, { number: action.number, version: action.version, ...typed, owner: to || null, team: of || null, dueOn: day || null }, onDone);
        return send(api(followups).create, { ...typed, ...(to && { owner: to }), ...(of && { team: of }), ...(day && { dueOn: day }), ...(from && { about: from }) }, onDone);
      }}
    >
      <Field name="title" label={words.name}>
        <Input defaultValue={action?.title} required autoComplete="off" />
      </Field>
      <Field name="detail" label={words.detail} optional>
        <Textarea defaultValue={action?.detail} />
      </Field>
      <div className="duo">
        <Choose name="owner" label={words.owner} optional search={searchPeople} start={owner ? personChoice(owner) : self} />
        <Field name="dueOn" label={words.due} hint={words.dueHint} optional>
          <Input type="date" defaultValue={action?.dueOn ?? ''} />
        </Field>
        <Choose name="team" label={words.team} optional search={searchTeams} start={team ? recordChoice(team) : undefined} />
        <Field name="kind" label={words.kind} hint={words.kindHint}>
          <Select defaultValue={action?.kind ?? 'prevent'} options={FOR} />
        </Field>
        <Field name="priority" label={words.priority}>
          <Select defaultValue={action?.priority ?? 'normal'} options={PRIORITIES} />
        </Field>
      </div>
      {action ? null : <Choose name="about" label={words.aboutLabel} hint={words.aboutHint} optional search={find} start={about ? { id: about, label: about } : undefined} />}
    </RecordForm>
  );
}

export default function ActionForm() {
  const go = useGo();
  const { person } = useMe();
  if (!person) return <Skeleton width={240} />;
  return <ActionFields onCancel={() => window.history.back()} onDone={({ number }) => go(`/actions/${number}`)} />;
}
