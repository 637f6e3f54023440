import { api, send } from '#web/api.ts';
import { personChoice, recordChoice, searchPeople, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { Fold } from '#web/record/Fold.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { TagsField, tagsOf } from '#web/record/TagsField.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { catalog, COMPONENT_TYPES, type Component } from '../contract/index.ts';
import { typeOptions } from './ComponentsList.tsx';
import { atOneField, linksOf, writtenLinks } from './form.ts';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.componentForm;
const FOLDED = ['tags', 'cloudId', 'links'];

interface ComponentFieldsProps {
  readonly component?: Component;
  readonly onDone: (component: Component) => void;
  readonly onCancel: () => void;
}

async function submit(values: FormData, component: Component | undefined, onDone: (component: Component) => void) {
  const [team, lead] = ['team', 'lead'].map((name) => fieldText(values, name));
  const type = COMPONENT_TYPES.find((each) => each === fieldText(values, 'type')) ?? 'host';
  const said = {
    name: fieldText(values, 'name'),
    type,
    summary: fieldText(values, 'summary'),
    address: fieldText(values, 'address'),
    cloudId: fieldText(values, 'cloudId'),
    tags: tagsOf(fieldText(values, 'tags')),
    links: linksOf(fieldText(values, 'links')),
  };
  if (component)
    return atOneField(await send(api(catalog).updateComponent, { number: component.number, version: component.version, ...said, team: team || null, lead: lead || null }, onDone));
  return atOneField(await send(api(catalog).createComponent, { ...said, ...(team && { team }), ...(lead && { lead }) }, onDone));
}

/** Adds a component, or changes one when it is given. */
export function ComponentFields({ component, onDone, onCancel }: ComponentFieldsProps) {
  return (
    <RecordForm
      {...(!component && { title: text.title, sub: text.sub })}
      draftKey={component ? `edit ${component.number}` : 'component'}
      submit={component ? words.save : text.submit}
      onCancel={onCancel}
      onSubmit={(values) => submit(values, component, onDone)}
    >
      <Field name="name" label={words.name}>
        <Input defaultValue={component?.name} required maxLength={200} />
      </Field>
      <Field name="type" label={words.type}>
        <Select options={typeOptions} defaultValue={component?.type ?? 'host'} />
      </Field>
      <Field name="summary" label={words.summary} optional>
        <Textarea defaultValue={component?.summary} maxLength={1000} />
      </Field>
      <Field name="address" label={words.address} hint={text.addressHint} optional>
        <Input defaultValue={component?.address} maxLength={300} />
      </Field>
      <div className="pair">
        <Choose optional name="team" label={words.team} search={searchTeams} start={component?.team ? recordChoice(component.team) : undefined} />
        <Choose optional name="lead" label={words.lead} search={searchPeople} start={component?.lead ? personChoice(component.lead) : undefined} />
      </div>
      <Fold label={words.moreOfComponent} fields={FOLDED} filled={Boolean(component && (component.tags.length || component.links.length || component.cloudId))}>
        <TagsField name="tags" label={words.tags} hint={words.tagsHint} start={component?.tags ?? []} />
        <Field name="cloudId" label={words.cloudId} hint={text.cloudIdHint} optional>
          <Input defaultValue={component?.cloudId} maxLength={500} spellCheck={false} />
        </Field>
        <Field name="links" label={words.links} hint={words.linksHint} optional>
          <Textarea defaultValue={writtenLinks(component?.links ?? [])} spellCheck={false} />
        </Field>
      </Fold>
    </RecordForm>
  );
}

export default function ComponentForm() {
  const go = useGo();
  return <ComponentFields onCancel={() => go('/components')} onDone={({ number }) => go(`/components/${number}`)} />;
}
