import { api, send } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { status, type StatusPage } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.form;
export const ACCESSES = ['public', 'link', 'signed-in'] as const satisfies readonly StatusPage['access'][];
export const accessOf = (value: string): StatusPage['access'] => ACCESSES.find((one) => one === value) ?? 'public';

/** A new page, hidden at first. */
export default function NewPage() {
  const go = useGo();
  return (
    <RecordForm
      title={text.title}
      sub={text.sub}
      draftKey="status-page"
      submit={text.submit}
      onCancel={() => go('/status-pages')}
      onSubmit={(values) =>
        send(
          api(status).createPage,
          { title: fieldText(values, 'title'), slug: fieldText(values, 'slug'), about: fieldText(values, 'about'), access: accessOf(fieldText(values, 'access')) },
          (page) => go(`/status-pages/${page.number}?tab=parts`),
        )
      }
    >
      <Field name="title" label={text.name}>
        <Input required />
      </Field>
      <Field name="slug" label={text.slug} hint={text.slugHint}>
        <Input required />
      </Field>
      <Field name="about" label={text.about} optional>
        <Textarea />
      </Field>
      <Field name="access" label={text.access}>
        <Select options={ACCESSES.map((value) => ({ value, label: words.access[value] }))} />
      </Field>
    </RecordForm>
  );
}
