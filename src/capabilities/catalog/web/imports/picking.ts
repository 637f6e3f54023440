import { fitting, isLeftOut, type Fit } from './fitting.ts';

/** A file that a person chose, under the path at which the source knows it. */
export interface Picked {
  readonly path: string;
  readonly file: File;
}

export type Pick = Fit<Picked>;

// More than is ever sent: a folder that was dropped by mistake is not walked to its end.
const WALKED_MOST = 20_000;

export function pickedFrom(list: FileList | null, fits: RegExp): Pick {
  return fitting(
    [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })),
    fits,
  );
}

/** Files and whole folders that were dropped. Must be called while the event is handled: what was dropped is gone afterwards. */
export async function droppedFrom(dropped: DataTransfer, fits: RegExp): Promise<Pick> {
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: Picked[] = [];
  for (const entry of entries) await walk(entry, found);
  return fitting(found, fits);
}

async function walk(entry: FileSystemEntry, found: Picked[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (found.length > WALKED_MOST || isLeftOut(path)) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives at most a hundred entries at a time, and none when it is at its end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const each of some) await walk(each, found);
  }
}

export const sizeOf = (files: readonly Picked[]): number => files.reduce((sum, { file }) => sum + file.size, 0);
export const sizeWords = (bytes: number): string => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** What was sent last from this tab, so that the same files can be sent again after a correction. */
const sentLast = new Map<string, readonly Picked[]>();
export const rememberSent = (number: string, files: readonly Picked[]): void => void sentLast.set(number, files);
export const sentBefore = (number: string): readonly Picked[] | undefined => sentLast.get(number);
