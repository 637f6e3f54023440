import { useState } from 'react';
import { api, cache } from '#web/api.ts';
import type { ShownProblem } from '#web/ui/problem.ts';
import { catalog } from '../../contract/index.ts';
import { rememberSent, sizeOf, sizeWords, type Picked } from './picking.ts';
import { words } from './words.ts';

const text = words.drop;
const TOTAL_MOST = 50 * 1024 * 1024;
const FILES_MOST = 10_000;

/** How far it is: packing in the browser, sending, or read by the desk. Percent of what is sent. */
export type Progress = { readonly at: 'packing' } | { readonly at: 'sending'; readonly percent: number } | { readonly at: 'reading' };
export type Sent = { readonly run: string } | { readonly problem: ShownProblem };

/** Why these files are not even sent. */
export function refuseFiles(files: readonly Picked[]): string | undefined {
  if (files.length > FILES_MOST) return text.tooMany(files.length);
  const size = sizeOf(files);
  return size > TOTAL_MOST ? text.tooLarge(sizeWords(size)) : undefined;
}

const refused = (sentence: string): Sent => ({ problem: { title: '', sentence } });

/** The content as base64; the browser's own reader does it fastest. */
export function base64Of(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^[^,]*,?/, '')));
    reader.addEventListener('error', () => reject(new Error('The file could not be read.', { cause: reader.error })));
    reader.readAsDataURL(content);
  });
}

async function packed(files: readonly Picked[]): Promise<Blob> {
  const parts: string[] = [];
  for (const { path, file } of files) parts.push(`${parts.length ? ',' : ''}{"path":${JSON.stringify(path)},"base64":"${file.size ? await base64Of(file) : ''}"}`);
  return new Blob(['{"files":[', ...parts, ']}'], { type: 'application/json' });
}

/** By XMLHttpRequest, which tells how much has been sent. */
function post(number: string, body: Blob, onProgress: (progress: Progress) => void): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/imports/${number}/upload`);
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress({ at: 'sending', percent: Math.floor((100 * loaded) / total) }));
    request.upload.addEventListener('load', () => onProgress({ at: 'reading' }));
    request.addEventListener('error', () => resolve(refused(text.unreachable)));
    request.addEventListener('load', () => {
      const answer = request.response as { readonly run?: string; readonly sentence?: string } | null;
      if (request.status === 200 && answer?.run) return resolve({ run: answer.run });
      if (request.status === 413) return resolve(refused(text.refused413));
      resolve(refused(answer?.sentence ?? text.answered(request.status)));
    });
    request.send(body);
  });
}

async function sendFiles(number: string, files: readonly Picked[], onProgress: (progress: Progress) => void): Promise<Sent> {
  const refusal = refuseFiles(files);
  if (refusal) return refused(refusal);
  onProgress({ at: 'packing' });
  const body = await packed(files).catch(() => undefined);
  if (!body) return refused(text.changed);
  const sent = await post(number, body, onProgress);
  if ('run' in sent) {
    rememberSent(number, files);
    void cache.invalidateQueries({ queryKey: [api(catalog).import.key] });
  }
  return sent;
}

/** Sends files of an import, and says how far it is. */
export function useSending() {
  const [progress, setProgress] = useState<Progress>();
  async function start(number: string, files: readonly Picked[]): Promise<Sent> {
    const sent = await sendFiles(number, files, setProgress);
    setProgress(undefined);
    return sent;
  }
  return { progress, start };
}
