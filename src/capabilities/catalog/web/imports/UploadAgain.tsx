import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import type { ImportSource } from '../../contract/index.ts';
import { DropZone, SendingBar } from './DropZone.tsx';
import { sentBefore, type Picked } from './picking.ts';
import { useSending } from './sending.ts';
import { words } from './words.ts';

const text = words.page;

interface UploadAgainProps {
  readonly source: ImportSource;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** New files of an import that lives by uploads. */
export function UploadAgain({ source, open, onClose }: UploadAgainProps) {
  return (
    <Dialog title={text.againTitle} sub={text.againText} open={open} onClose={onClose}>
      <Upload source={source} />
    </Dialog>
  );
}

function Upload({ source }: Pick<UploadAgainProps, 'source'>) {
  const go = useGo();
  const [files, setFiles] = useState<readonly Picked[]>(sentBefore(source.number) ?? []);
  const [refused, setRefused] = useState<string>();
  const { progress, start } = useSending();
  async function send() {
    setRefused(undefined);
    const sent = await start(source.number, files);
    if ('problem' in sent) setRefused(sent.problem.sentence);
    else go(`/imports/${source.number}/runs/${sent.run}`);
  }
  return (
    <>
      <DropZone format={source.format} files={files} onPick={setFiles} />
      {progress ? <SendingBar progress={progress} /> : null}
      {refused ? (
        <Note live state="critical">
          {refused}
        </Note>
      ) : null}
      <div className="end">
        <Button variant="primary" icon={FileUp} busy={progress !== undefined} refused={files.length ? null : words.wizard.noFiles} onClick={() => void send()}>
          {words.wizard.read}
        </Button>
      </div>
    </>
  );
}
