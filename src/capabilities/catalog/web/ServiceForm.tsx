import { api, send } from '#web/api.ts';
import { personChoice, recordChoice, searchPeople, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { catalog, type Service } from '../contract.ts';
import { atOneField, linksOf, writtenLinks } from './form.ts';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.serviceForm;
const TIERS = words.tiers.map((label, at) => ({ value: String(at + 1), label }));
const STAGES = ['planned', 'live', 'retiring'] as const;

interface ServiceFieldsProps {
  readonly service?: Service;
  readonly onDone: (service: Service) => void;
  readonly onCancel: () => void;
}

async function submit(values: FormData, service: Service | undefined, onDone: (service: Service) => void) {
  const [slug, team, lead, users] = ['slug', 'team', 'lead', 'usersAffected'].map((name) => fieldText(values, name));
  const said = {
    name: fieldText(values, 'name'),
    summary: fieldText(values, 'summary'),
    tier: Number(fieldText(values, 'tier')),
    usersAffected: users ? Number(users) : null,
    links: linksOf(fieldText(values, 'links')),
  };
  const lifecycle = STAGES.find((each) => each === fieldText(values, 'lifecycle')) ?? 'live';
  if (service)
    return atOneField(
      await send(
        api(catalog).update,
        { number: service.number, version: service.version, ...said, lifecycle, ...(slug && { slug }), team: team || null, lead: lead || null },
        onDone,
      ),
    );
  return atOneField(
    await send(
      api(catalog).create,
      { ...said, lifecycle: lifecycle === 'planned' ? 'planned' : 'live', ...(slug && { slug }), ...(team && { team }), ...(lead && { lead }) },
      onDone,
    ),
  );
}

/** Adds a service, or changes one when it is given. */
export function ServiceFields({ service, onDone, onCancel }: ServiceFieldsProps) {
  const stages = service ? STAGES : STAGES.slice(0, 2);
  return (
    <RecordForm
      {...(!service && { title: text.title, sub: text.sub })}
      draftKey={service ? `edit ${service.number}` : 'service'}
      submit={service ? words.save : text.submit}
      onCancel={onCancel}
      onSubmit={(values) => submit(values, service, onDone)}
    >
      <Field name="name" label={words.name} hint="As people call it: “Web shop”.">
        <Input defaultValue={service?.name} required maxLength={200} />
      </Field>
      <Field name="summary" label={words.summary} optional>
        <Textarea defaultValue={service?.summary} maxLength={1000} />
      </Field>
      <Field name="tier" label={words.tier}>
        <Select options={TIERS} defaultValue={String(service?.tier ?? 3)} />
      </Field>
      <div className="pair">
        <Choose optional name="team" label={words.team} search={searchTeams} start={service?.team ? recordChoice(service.team) : undefined} />
        <Choose optional name="lead" label={words.lead} search={searchPeople} start={service?.lead ? personChoice(service.lead) : undefined} />
      </div>
      <div className="pair">
        <Field name="usersAffected" label={words.service.users} hint={text.usersHint} optional>
          <Input type="number" min={0} defaultValue={service?.usersAffected ?? ''} />
        </Field>
        <Field name="lifecycle" label={words.lifecycle}>
          <Select options={stages.map((value) => ({ value, label: words.lifecycles[value] }))} defaultValue={service?.lifecycle ?? 'live'} />
        </Field>
      </div>
      <Field name="slug" label={text.slug} hint={text.slugHint} optional>
        <Input defaultValue={service?.slug} maxLength={80} spellCheck={false} />
      </Field>
      <Field name="links" label={words.links} hint={words.linksHint} optional>
        <Textarea defaultValue={writtenLinks(service?.links ?? [])} spellCheck={false} />
      </Field>
    </RecordForm>
  );
}

export default function ServiceForm() {
  const go = useGo();
  return <ServiceFields onCancel={() => go('/services')} onDone={({ number }) => go(`/services/${number}`)} />;
}
