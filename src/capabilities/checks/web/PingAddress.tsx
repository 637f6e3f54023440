import { useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { CopyBox } from '#web/ui/CopyBox.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { checks } from '../contract/index.ts';
import type { Detail } from './look.tsx';
import { words } from './words.ts';

const text = words.page;

/** Where the job calls, and how: curl, a crontab line, and start with exit status. */
export function PingAddress({ detail }: { readonly detail: Detail }) {
  const { check, pingUrl, may } = detail;
  const [fresh, setFresh] = useState<string>();
  const renew = useWrite(api(checks).renewPingUrl, (answer) => setFresh(answer.pingUrl));
  const url = fresh ?? pingUrl;
  if (!url) return null;
  const schedule = check.probe.kind === 'heartbeat' && check.probe.expects.kind === 'cron' ? check.probe.expects.text : '30 2 * * *';
  const pieces = [
    [text.curl, `curl -fsS -m 10 --retry 5 ${url}`],
    [text.cron, `${schedule} /usr/local/bin/my-job && curl -fsS -m 10 --retry 5 ${url}`],
    [text.shell, `curl -fsS -m 10 ${url}/start\n/usr/local/bin/my-job\ncurl -fsS -m 10 --retry 5 ${url}/$?`],
  ] as const;
  return (
    <Section
      title={text.ping}
      end={
        <Button size="small" variant="quiet" refused={may.renewPingUrl} busy={renew.busy} onClick={() => renew.act({ number: check.number, version: check.version })}>
          {text.renew}
        </Button>
      }
    >
      <div className="stack8">
        {renew.problem ? (
          <Note live state="critical">
            {renew.problem.sentence}
          </Note>
        ) : null}
        {fresh ? (
          <Note live state="warning">
            {text.renewed}
          </Note>
        ) : null}
        <CopyBox label={text.ping} value={url} />
        <p className="dim s12">{text.pingHint}</p>
        {pieces.map(([label, value]) => (
          <div key={label} className="stack8">
            <span className="s12 dim">{label}</span>
            <CopyBox label={label} value={value} />
          </div>
        ))}
      </div>
    </Section>
  );
}
