import { FlaskConical } from 'lucide-react';
import { useRef, useState } from 'react';
import { api, problemOf } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note } from '#web/ui/Parts.tsx';
import type { Out } from '#kernel/contract.ts';
import { checks, type Check } from '../contract/index.ts';
import { measuredWords, tookWords } from './look.tsx';
import { words } from './words.ts';

const text = words.form;
type Tried = Out<(typeof checks)['verbs']['try']>;

interface TryItProps {
  readonly number: string | undefined;
  readonly probeOf: (values: FormData) => Check['probe'];
}

/** Runs what the form says once, without saving it. */
export function TryIt({ number, probeOf }: TryItProps) {
  const place = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const [came, setCame] = useState<{ readonly tried: Tried } | { readonly refused: string }>();
  async function run() {
    const form = place.current?.closest('form');
    if (!form) return;
    setBusy(true);
    setCame(undefined);
    const answer = await api(checks)
      .try({ probe: probeOf(new FormData(form)), ...(number && { check: number }) })
      .then(
        (tried) => ({ tried }),
        (error: unknown) => ({ refused: problemOf(error).sentence ?? text.notTried }),
      );
    setBusy(false);
    setCame(answer);
  }
  return (
    <div ref={place} className="stack8">
      <div className="row">
        <Button icon={FlaskConical} busy={busy} onClick={() => void run()}>
          {text.tryIt}
        </Button>
        <span className="dim s12">{text.tryHint}</span>
      </div>
      {came === undefined ? null : 'refused' in came ? (
        <Note live state="warning">
          {came.refused}
        </Note>
      ) : (
        <Note live state={came.tried.ok ? 'good' : 'critical'}>
          <b className="b">{came.tried.ok ? text.passes : text.fails}</b> {came.tried.words ? `${came.tried.words}. ` : ''}
          <span className="dim">{[...(came.tried.tookMs === null ? [] : [tookWords(came.tried.tookMs)]), ...measuredWords(came.tried)].join(' · ')}</span>
        </Note>
      )}
    </div>
  );
}
