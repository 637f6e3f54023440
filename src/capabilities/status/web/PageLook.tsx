import { useState } from 'react';
import { api, send, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { CopyBox } from '#web/ui/CopyBox.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { status, type StatusPage } from '../contract/index.ts';
import { ACCESSES, accessOf } from './NewPage.tsx';
import { words } from './words.ts';

const client = api(status);
const text = words.page;

interface LookProps {
  readonly page: StatusPage;
  readonly refused: string | null;
}

/** Words, colour and logo, with the page beside them as it would look. */
export function PageLook({ page, refused }: LookProps) {
  const [typed, setTyped] = useState({ title: page.title, about: page.about, colour: page.colour });
  const preview = `/status-preview/${page.number}?${new URLSearchParams({ ...typed, v: String(page.version) }).toString()}`;
  return (
    <>
      {refused === null ? (
        <RecordForm
          key={page.version}
          draftKey={`status-look-${page.number}`}
          submit={words.form.save}
          onSubmit={(values) =>
            send(
              client.changePage,
              {
                number: page.number,
                version: page.version,
                title: fieldText(values, 'title'),
                slug: fieldText(values, 'slug'),
                about: fieldText(values, 'about'),
                colour: fieldText(values, 'colour'),
                access: accessOf(fieldText(values, 'access')),
              },
              () => undefined,
            )
          }
        >
          <Field name="title" label={words.form.name}>
            <Input required defaultValue={page.title} onBlur={(event) => setTyped({ ...typed, title: event.currentTarget.value })} />
          </Field>
          <Field name="about" label={words.form.about} optional>
            <Textarea defaultValue={page.about} onBlur={(event) => setTyped({ ...typed, about: event.currentTarget.value })} />
          </Field>
          <Field name="colour" label={words.form.colour} hint={words.form.colourHint}>
            <Input type="color" className="colour" defaultValue={page.colour} onChange={(event) => setTyped({ ...typed, colour: event.currentTarget.value })} />
          </Field>
          <Field name="slug" label={words.form.slug} hint={words.form.slugHint}>
            <Input required defaultValue={page.slug} />
          </Field>
          <Field name="access" label={words.form.access}>
            <Select defaultValue={page.access} options={ACCESSES.map((value) => ({ value, label: words.access[value] }))} />
          </Field>
        </RecordForm>
      ) : null}
      {page.access === 'link' && refused === null ? <SecretLink page={page} /> : null}
      {refused === null ? <LogoOf page={page} /> : null}
      <Section title={text.preview}>
        <p className="dim s12">{text.previewHint}</p>
        <iframe className="statuspreview" title={text.preview} src={preview} />
      </Section>
    </>
  );
}

function SecretLink({ page }: Pick<LookProps, 'page'>) {
  const [asks, setAsks] = useState(false);
  const renew = useWrite(client.renewLink, () => setAsks(false));
  return (
    <Section title={text.link}>
      <CopyBox label={text.link} value={page.url} />
      <Button size="small" onClick={() => setAsks(true)}>
        {text.renewLink}
      </Button>
      <Confirm
        title={text.renewLink}
        sub={text.renewLinkSub}
        act={text.renewLink}
        open={asks}
        onClose={() => setAsks(false)}
        onAct={() => renew.act({ number: page.number, version: page.version })}
        write={renew}
      />
    </Section>
  );
}

function LogoOf({ page }: Pick<LookProps, 'page'>) {
  const write = useWrite(client.setLogo);
  async function chosen(file: File | undefined) {
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    write.act({ number: page.number, version: page.version, base64: btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')) });
  }
  return (
    <Section title={text.logo}>
      {write.problem ? (
        <Note live state="critical">
          {write.problem.sentence}
        </Note>
      ) : null}
      <Field name="logo" label={text.logo} hint={text.logoHint}>
        <Input type="file" accept="image/png,image/jpeg,image/webp" onChange={(event) => void chosen(event.currentTarget.files?.[0])} />
      </Field>
      {page.hasLogo ? (
        <Button size="small" busy={write.busy} onClick={() => write.act({ number: page.number, version: page.version, base64: null })}>
          {text.logoRemove}
        </Button>
      ) : null}
    </Section>
  );
}
