import type { Findings, InputFile, SourceFile } from './reading.ts';

const MB = 1024 * 1024;
const largestFile = 20 * MB;
const largestSource = 50 * MB;
const mostFiles = 10_000;

/** False for an absolute path, a drive, and everything that climbs out of the root. */
export function isInside(path: string): boolean {
  if (path === '' || /^([/\\]|[A-Za-z]:)/.test(path) || /[\\\0]/.test(path)) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    depth += part === '..' ? -1 : part === '.' || part === '' ? 0 : 1;
    if (depth < 0) return false;
  }
  return true;
}

/** `a/b` + `../c` → `a/c`; call it with what is inside only. */
export function joinPath(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function decode({ path, bytes }: InputFile, findings: Findings): SourceFile | null {
  const refuse = (code: string, sentence: string) => {
    findings.add('error', code, sentence, { file: path });
    return null;
  };
  if (bytes.length > largestFile)
    return refuse('too-large', `This file has ${Math.ceil(bytes.length / MB)} MB; at most ${largestFile / MB} MB are read. Split it, or leave out what is not needed.`);
  if (bytes.length === 0) return refuse('empty', 'This file is empty.');
  if (bytes.includes(0)) return refuse('binary', 'This file holds NUL characters: it is not text, or it is UTF-16. Save it as UTF-8.');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? refuse('empty', 'This file holds nothing but white space.') : { path, text };
  } catch {
    return refuse('not-utf8', 'This file is not UTF-8. Save it as UTF-8.');
  }
}

/** What may be read at all, in the order of the paths; everything else is a finding. */
export function guard(files: readonly InputFile[], findings: Findings): SourceFile[] {
  if (files.length === 0) findings.add('error', 'nothing', 'There is no file to read.');
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (files.length > mostFiles) findings.add('error', 'too-many-files', `There are ${files.length} files; at most ${mostFiles} are read at once. Name a smaller folder.`);
  else if (total > largestSource && !files.some(({ bytes }) => bytes.length > largestFile)) {
    findings.add('error', 'too-large', `These files have ${Math.ceil(total / MB)} MB together; at most ${largestSource / MB} MB are read at once.`);
  }
  if (files.length > mostFiles) return [];
  const seen = new Set<string>();
  const read: SourceFile[] = [];
  let size = 0;
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    if (!isInside(file.path)) findings.add('error', 'outside-root', 'This path leads out of the folder that may be read.', { file: file.path.replaceAll('\0', '') });
    else if (seen.has(file.path)) findings.add('error', 'duplicate-file', 'This path is given twice; the first file is read.', { file: file.path });
    else {
      seen.add(file.path);
      const text = decode(file, findings);
      size += text === null ? 0 : file.bytes.length;
      if (size > largestSource) break;
      if (text !== null) read.push(text);
    }
  }
  return size > largestSource ? [] : read;
}
