import { useState } from 'react';
import { useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Section } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import { zoneName } from '#web/ui/time.ts';
import type { IncidentPage } from '../contract.ts';
import { incidentsApi } from './api.ts';
import { Linked } from './look.tsx';
import { TextEditor } from './TextEditor.tsx';
import { words } from './words.ts';

const text = words.meaning;

/** What the incident means for people, in words for who was not there; and the latest update below it. */
export function Meaning({ page, onConflict }: { readonly page: IncidentPage; readonly onConflict: () => void }) {
  const { incident, meaning, may, updates } = page;
  const { number } = incident;
  const [editing, setEditing] = useState(false);
  const zone = useZone();
  const now = useNow('minute');
  const write = useWrite(incidentsApi.writeMeaning, () => setEditing(false));
  function save(typed: string, revision: number) {
    write.send({ number, text: typed, revision }).catch(onConflict);
  }
  const edit = (
    <Button variant="quiet" size="small" refused={may.writeMeaning} onClick={() => setEditing(true)}>
      {meaning ? words.edit : text.write}
    </Button>
  );
  const latest = updates.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0];
  return (
    <Section
      title={text.title}
      end={
        <>
          {meaning ? (
            <span className="num">
              {text.by(meaning.by?.title ?? words.timeline.desk)} <Time at={meaning.at} /> {zoneName(now, zone)}
            </span>
          ) : null}
          {editing ? null : edit}
        </>
      }
    >
      {editing ? (
        <TextEditor
          label={text.label}
          draftKey={`meaning ${number}`}
          latest={{ text: meaning?.text ?? '', revision: meaning?.revision ?? 0, by: meaning?.by?.title }}
          busy={write.busy}
          problem={write.problem}
          onSave={save}
          onCancel={() => setEditing(false)}
        />
      ) : meaning ? (
        <p className="imp prose pre">
          <Linked text={meaning.text} />
        </p>
      ) : (
        <p className="mut unsaid">{text.empty}</p>
      )}
      {latest ? (
        <p className="latest">
          <span className="dim">
            {text.latest}, <Time at={latest.at} />
          </span>{' '}
          <span className="pre">
            <Linked text={latest.text} />
          </span>
        </p>
      ) : null}
    </Section>
  );
}
