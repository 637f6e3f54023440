import { useState } from 'react';
import { useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Timeline } from '#web/ui/Timeline.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { ReviewPage } from '../contract/review.ts';
import { incidentsApi } from './api.ts';
import { shownEntry } from './IncidentTimeline.tsx';
import { words } from './words.ts';

const text = words.review;

/** The hour matters however long ago it was. */
function withClock(entry: ReviewPage['timeline'][number]) {
  const shown = shownEntry(entry);
  return {
    ...shown,
    text: (
      <>
        <span className="dim num">
          <Time at={entry.at} form="clock" />
        </span>{' '}
        {shown.text}
      </>
    ),
  };
}

/** The entries of the incident that tell what happened, the first first; which ones is chosen here. */
export function ReviewTimeline({ page }: { readonly page: ReviewPage }) {
  const { timeline, review, may } = page;
  const [choosing, setChoosing] = useState(false);
  const pick = useWrite(incidentsApi.pick);
  const picked = timeline.filter((entry) => entry.picked);
  return (
    <Section
      title={text.timeline}
      count={text.picked(picked.length, timeline.length)}
      end={
        <Button variant="quiet" size="small" refused={may.pick} aria-pressed={choosing} onClick={() => setChoosing(!choosing)}>
          {choosing ? text.chosen : text.choose}
        </Button>
      }
    >
      {pick.problem ? (
        <Note live state="critical">
          {pick.problem.sentence}
        </Note>
      ) : null}
      {choosing ? (
        <ul className="picks">
          {timeline.map((entry) => {
            const { by, text: said } = shownEntry(entry);
            return (
              <li key={entry.id}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={entry.picked}
                    onChange={(event) => pick.act({ number: review.number, entries: [{ id: entry.id, picked: event.currentTarget.checked }] })}
                  />
                  <span>
                    <span className="dim num">
                      <Time at={entry.at} form="clock" />
                    </span>{' '}
                    <b className="b">{'person' in by ? by.person.name : by.machine}</b> {said}
                  </span>
                </label>
              </li>
            );
          })}
        </ul>
      ) : (
        <Timeline entries={picked.map(withClock)} />
      )}
    </Section>
  );
}
