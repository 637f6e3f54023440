import { api, send } from '#web/api.ts';
import { personChoice, recordChoice, searchPeople, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { Fold } from '#web/record/Fold.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { TagsField, tagsOf } from '#web/record/TagsField.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { catalog, type Service } from '../contract/index.ts';
import { atOneField, linksOf, writtenLinks } from './form.ts';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.serviceForm;
const TIERS = words.tiers.map((label, at) => ({ value: String(at + 1), label }));
const FOLDED = ['tags', 'capability', 'rtoMinutes', 'rpoMinutes', 'supportHours', 'slug', 'links'];
const STAGES = ['planned', 'live', 'retiring'] as const;

interface ServiceFieldsProps {
  readonly service?: Service;
  readonly onDone: (service: Service) => void;
  readonly onCancel: () => void;
}

async function submit(values: FormData, service: Service | undefined, onDone: (service: Service) => void) {
  const [slug, team, lead] = ['slug', 'team', 'lead'].map((name) => fieldText(values, name));
  const amountOf = (name: string) => (fieldText(values, name) === '' ? null : Number(fieldText(values, name)));
  const said = {
    name: fieldText(values, 'name'),
    summary: fieldText(values, 'summary'),
    tier: Number(fieldText(values, 'tier')),
    usersAffected: amountOf('usersAffected'),
    capability: fieldText(values, 'capability'),
    rtoMinutes: amountOf('rtoMinutes'),
    rpoMinutes: amountOf('rpoMinutes'),
    supportHours: fieldText(values, 'supportHours'),
    tags: tagsOf(fieldText(values, 'tags')),
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
      <Fold label={words.more} fields={FOLDED} filled={Boolean(service && (service.capability || service.supportHours || service.tags.length || service.links.length))}>
        <TagsField name="tags" label={words.tags} hint={words.tagsHint} start={service?.tags ?? []} />
        <Field name="capability" label={text.capability} hint={text.capabilityHint} optional>
          <Input defaultValue={service?.capability} maxLength={120} />
        </Field>
        <div className="pair">
          <Field name="rtoMinutes" label={text.rto} hint={text.rtoHint} optional>
            <Input type="number" min={0} defaultValue={service?.rtoMinutes ?? ''} />
          </Field>
          <Field name="rpoMinutes" label={text.rpo} hint={text.rpoHint} optional>
            <Input type="number" min={0} defaultValue={service?.rpoMinutes ?? ''} />
          </Field>
        </div>
        <div className="pair">
          <Field name="supportHours" label={text.support} hint={text.supportHint} optional>
            <Input defaultValue={service?.supportHours} maxLength={120} />
          </Field>
          <Field name="slug" label={text.slug} hint={text.slugHint} optional>
            <Input defaultValue={service?.slug} maxLength={80} spellCheck={false} />
          </Field>
        </div>
        <Field name="links" label={words.links} hint={words.linksHint} optional>
          <Textarea defaultValue={writtenLinks(service?.links ?? [])} spellCheck={false} />
        </Field>
      </Fold>
    </RecordForm>
  );
}

export default function ServiceForm() {
  const go = useGo();
  return <ServiceFields onCancel={() => go('/services')} onDone={({ number }) => go(`/services/${number}`)} />;
}
