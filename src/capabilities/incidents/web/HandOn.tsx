import { Printer, Share } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { Note } from '#web/ui/Parts.tsx';
import type { ReviewPage } from '../contract/review.ts';
import { incidentsApi } from './api.ts';
import { words } from './words.ts';

const text = words.review;

function keep({ file, type, text: content }: { readonly file: string; readonly type: string; readonly text: string }) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

/** The review as a file, for people of the house or for others, and on paper. */
export function HandOn({ page }: { readonly page: ReviewPage }) {
  const { number } = page.review;
  const [problem, setProblem] = useState<string>();
  async function save(how: { readonly format: 'markdown' | 'json'; readonly redacted?: boolean }) {
    try {
      setProblem(undefined);
      keep(await incidentsApi.exportReview({ number, ...how }));
    } catch (error) {
      setProblem(problemOf(error).sentence);
    }
  }
  const { redact } = page.may;
  return (
    <div className="row noprint handon">
      <Menu
        label={text.more}
        align="start"
        groups={[
          {
            actions: [
              { label: text.markdown, onAct: () => void save({ format: 'markdown' }) },
              { label: text.json, onAct: () => void save({ format: 'json' }) },
              { label: text.outside, refused: redact, onAct: () => void save({ format: 'markdown', redacted: true }) },
              { label: text.outsideJson, refused: redact, onAct: () => void save({ format: 'json', redacted: true }) },
            ],
          },
        ]}
      >
        <Button size="small" icon={Share}>
          {text.more}
        </Button>
      </Menu>
      <Button size="small" variant="quiet" icon={Printer} onClick={() => window.print()}>
        {text.print}
      </Button>
      {problem ? (
        <Note live state="critical">
          {problem}
        </Note>
      ) : null}
    </div>
  );
}
