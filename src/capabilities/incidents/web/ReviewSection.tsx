import { useState } from 'react';
import { useWrite } from '#web/api.ts';
import { Markdown } from '#web/record/Markdown.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Section as Part } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { ReviewPage } from '../contract/review.ts';
import { incidentsApi } from './api.ts';
import { TextEditor } from './TextEditor.tsx';
import { words } from './words.ts';

const text = words.review;

interface SectionProps {
  readonly number: string;
  readonly part: ReviewPage['sections'][number];
  readonly refused: string | null;
  readonly onConflict: () => void;
}

/** One section of a review: read, and written in place. */
export function ReviewSection({ number, part, refused, onConflict }: SectionProps) {
  const [editing, setEditing] = useState(false);
  const { section, revision, by, at } = part;
  const write = useWrite(incidentsApi.writeSection, () => setEditing(false));
  return (
    <Part
      title={text.sections[section]}
      end={
        <>
          {by && at ? (
            <span className="num">
              {by.title}, <Time at={at} />
            </span>
          ) : null}
          {editing || refused ? null : (
            <Button variant="quiet" size="small" aria-label={`${part.text ? words.edit : text.write}: ${text.sections[section]}`} onClick={() => setEditing(true)}>
              {part.text ? words.edit : text.write}
            </Button>
          )}
        </>
      }
    >
      {editing ? (
        <>
          <p className="dim s12">{text.marks}</p>
          <TextEditor
            label={text.sections[section]}
            draftKey={`section ${number} ${section}`}
            latest={{ text: part.text, revision, by: by?.title }}
            busy={write.busy}
            problem={write.problem}
            onSave={(typed, seen) => void write.send({ number, section, text: typed, revision: seen }).catch(onConflict)}
            onCancel={() => setEditing(false)}
          />
        </>
      ) : part.text ? (
        <Markdown text={part.text} />
      ) : (
        <p className="dim s13">{text.asks[section]}</p>
      )}
    </Part>
  );
}
