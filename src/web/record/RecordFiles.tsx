import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { records } from '#kernel/records/contract.ts';
import { api, cache, useRead } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import { words } from './words.ts';

const size = (bytes: number) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** Sends one file as it is; answers the sentence by which it was refused. */
async function upload(number: string, file: File): Promise<string | undefined> {
  const answer = await fetch(`/api/v1/records/${number}/attachments?name=${encodeURIComponent(file.name)}`, {
    method: 'PUT',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
  if (answer.ok) return undefined;
  const problem = (await answer.json().catch(() => ({}))) as { sentence?: string };
  return problem.sentence ?? `The desk answered ${answer.status}.`;
}

/** The files attached to a record, and a way to add one. */
export function RecordFiles({ number }: { readonly number: string }) {
  const { data } = useRead(api(records).attachments, { number });
  const may = useMay('records.comment');
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  async function add(files: FileList | null) {
    setBusy(true);
    setRefused(undefined);
    for (const file of files ?? []) {
      const why = await upload(number, file).catch(() => 'The desk could not be reached. Choose the file again.');
      if (why) setRefused(`${file.name}: ${why}`);
    }
    setBusy(false);
    if (picker.current) picker.current.value = '';
    void cache.invalidateQueries({ queryKey: [api(records).attachments.key, { number }] });
  }
  const items = data?.items ?? [];
  return (
    <Section
      title={words.files}
      {...(items.length && { count: items.length })}
      end={
        may ? (
          <Button variant="quiet" size="small" icon={Paperclip} busy={busy} onClick={() => picker.current?.click()}>
            {busy ? words.uploading : words.addFile}
          </Button>
        ) : null
      }
    >
      <input ref={picker} type="file" multiple hidden aria-label={words.addFile} onChange={(event) => void add(event.currentTarget.files)} />
      {refused ? (
        <Note live state="critical">
          {refused}
        </Note>
      ) : null}
      {items.length ? (
        <ul className="lst">
          {items.map((file) => (
            <li key={file.id}>
              <a className="l el grow" href={file.href} download>
                {file.name}
              </a>
              <span className="dim num nw">{size(file.size)}</span>
              <span className="dim num nw">
                <Time at={file.at} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim s12">{words.noFiles}</p>
      )}
    </Section>
  );
}
