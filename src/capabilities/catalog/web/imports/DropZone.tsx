import { FileUp, FolderUp, Upload, X } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { formatOf, type FormatName } from './formats.ts';
import { droppedFrom, pickedFrom, sizeOf, sizeWords, type Pick, type Picked } from './picking.ts';
import { refuseFiles, type Progress } from './sending.ts';
import { words } from './words.ts';

const text = words.drop;
const NAMED = 6;

export function ProgressBar({ percent, label }: { readonly percent: number | undefined; readonly label: string }) {
  return (
    <div className="prog" role="status">
      <span className="s13">{label}</span>
      <progress max={100} aria-label={label} {...(percent !== undefined && { value: percent })} />
    </div>
  );
}

export function SendingBar({ progress }: { readonly progress: Progress }) {
  if (progress.at === 'sending') return <ProgressBar percent={progress.percent} label={text.sending(progress.percent)} />;
  return <ProgressBar percent={undefined} label={progress.at === 'packing' ? text.packing : text.reading} />;
}

function Chosen({ files, leftOut, onClear }: Pick & { readonly onClear: () => void }) {
  return (
    <div className="chosenfiles">
      <div className="row">
        <b className="b grow">{text.chosen(files.length, sizeWords(sizeOf(files)))}</b>
        <Button size="small" variant="quiet" icon={X} onClick={onClear}>
          {text.clear}
        </Button>
      </div>
      <ul>
        {files.slice(0, NAMED).map(({ path }) => (
          <li key={path} className="id el">
            {path}
          </li>
        ))}
      </ul>
      {files.length > NAMED ? <span className="dim s12">{text.more(files.length - NAMED)}</span> : null}
      {leftOut ? <span className="dim s12">{text.leftOut(leftOut)}</span> : null}
    </div>
  );
}

interface DropZoneProps {
  readonly format: FormatName;
  readonly files: readonly Picked[];
  readonly onPick: (files: readonly Picked[]) => void;
}

/** Files and whole folders, dropped or chosen. */
export function DropZone({ format, files, onPick }: DropZoneProps) {
  const { fits } = formatOf(format)!;
  const { takes } = words.formats[format];
  const isTable = format === 'csv';
  const [picker, folder] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const [over, setOver] = useState(false);
  const [leftOut, setLeftOut] = useState(0);
  const [refused, setRefused] = useState<string>();
  function take(pick: Pick) {
    const refusal = pick.files.length ? refuseFiles(pick.files) : text.noneFit(takes);
    setRefused(refusal);
    setLeftOut(pick.leftOut);
    onPick(refusal ? [] : pick.files);
  }
  async function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(await droppedFrom(event.dataTransfer, fits));
  }
  const choose = (list: FileList | null) => take(pickedFrom(list, fits));
  return (
    <div className="dropbox">
      {files.length ? (
        <Chosen files={files} leftOut={leftOut} onClear={() => onPick([])} />
      ) : (
        <div
          className={over ? 'dropzone over' : 'dropzone'}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => void drop(event)}
        >
          <Icon of={Upload} size={20} dim />
          <span className="b dropword">{isTable ? text.dropCsv : text.drop(takes)}</span>
          <span className="row">
            <Button size="small" icon={FileUp} onClick={() => picker.current?.click()}>
              {isTable ? text.file : text.files}
            </Button>
            {isTable ? null : (
              <Button size="small" icon={FolderUp} onClick={() => folder.current?.click()}>
                {text.folder}
              </Button>
            )}
          </span>
        </div>
      )}
      <input ref={picker} type="file" hidden multiple={!isTable} aria-label={text.files} data-pick="files" onChange={(event) => choose(event.currentTarget.files)} />
      <input
        ref={(made) => {
          folder.current = made;
          if (made) made.webkitdirectory = true;
        }}
        type="file"
        hidden
        multiple
        aria-label={text.folder}
        data-pick="folder"
        onChange={(event) => choose(event.currentTarget.files)}
      />
      {refused ? (
        <Note live state="critical">
          {refused}
        </Note>
      ) : null}
    </div>
  );
}
