import { useState } from 'react';
import { api, send, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { CopyBox } from '#web/ui/CopyBox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Checkbox, Field, Input } from '#web/ui/Field.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { checks } from '../contract/index.ts';
import { escaped } from '../rules/index.ts';
import type { Detail } from './look.tsx';
import { words } from './words.ts';

const text = words.publish;

/** Where others see the check, with pieces to copy; only for who may decide that. */
export function Publishing({ detail: { check, public: shown, may } }: { readonly detail: Detail }) {
  const [asked, setAsked] = useState<'change' | 'end'>();
  const close = () => setAsked(undefined);
  const end = useWrite(api(checks).unpublish, close);
  if (may.publish !== null) return null;
  const { number, version } = check;
  const pieces = shown
    ? [
        [text.badge, `![${shown.name.replaceAll(/[[\]]/g, '')}](${shown.badgeUrl})`],
        [text.uptimeBadge, `<img src="${shown.badgeUrl}?show=uptime" alt="${escaped(shown.name)}">`],
        [text.widget, `<iframe src="${shown.widgetUrl}" title="${escaped(shown.name)}" width="480" height="120" loading="lazy"></iframe>`],
      ]
    : [];
  return (
    <Section
      title={text.title}
      end={
        <>
          <Button size="small" variant="quiet" onClick={() => setAsked('change')}>
            {shown ? text.change : text.make}
          </Button>
          {shown ? (
            <Button size="small" variant="quiet" onClick={() => setAsked('end')}>
              {text.end}
            </Button>
          ) : null}
        </>
      }
    >
      {shown ? (
        <div className="stack8">
          {pieces.map(([label = '', value = '']) => (
            <div key={label} className="stack8">
              <span className="s12 dim">{label}</span>
              <CopyBox label={label} value={value} />
            </div>
          ))}
        </div>
      ) : (
        <p className="dim s13">{text.off}</p>
      )}
      <Dialog title={text.title} open={asked === 'change'} onClose={close}>
        <RecordForm
          draftKey={`public ${number}`}
          submit={text.save}
          onCancel={close}
          onSubmit={(values) => send(api(checks).publish, { number, version, name: fieldText(values, 'name'), showsReason: values.get('showsReason') !== null }, close)}
        >
          <p className="dim s13">{text.lead}</p>
          <Field name="name" label={text.name}>
            <Input defaultValue={shown?.name ?? check.name} required maxLength={60} />
          </Field>
          <Checkbox name="showsReason" label={text.reason} defaultChecked={shown?.showsReason ?? false} />
        </RecordForm>
      </Dialog>
      <Confirm title={text.endTitle} sub={text.endText} act={text.end} open={asked === 'end'} onClose={close} write={end} onAct={() => end.act({ number, version })} />
    </Section>
  );
}
