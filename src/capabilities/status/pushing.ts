import { createHash, createHmac } from 'node:crypto';
import type { Desk, Job } from '#kernel/desk.ts';
import { notePush, refusePushing } from './actions/pages.ts';
import type { PushTarget } from './contract/index.ts';
import { filesOf, type StaticFile } from './public/built.ts';
import { logoFor } from './public/snapshot.ts';
import { viewOf } from './public/view.ts';
import { canonicalPut, pathOf, scopeOf, SIGNED, stampOf, toSign } from './rules/index.ts';
import * as store from './store/index.ts';

/** Pushes the files of a page to where it also lives; what fails is tried again by the queue and said on the page. */
export async function pushJob({ desk, payload, now, write }: Job): Promise<void> {
  const page = await store.pageById(desk.readDb, String(payload.page));
  if (!page?.push || desk.state.held || refusePushing(page) !== undefined) return;
  const target: PushTarget = JSON.parse(desk.vault.decrypt(page.push));
  const logo = await logoFor(desk, page);
  const files = filesOf(desk, await viewOf({ db: desk.readDb, now }, page, logo ? 'logo' : null), logo);
  const failed = await firstFailure(desk, target, files);
  const result = failed === null ? `${files.length} files are there.` : failed;
  await write((ctx) => notePush(ctx, page.id, result.slice(0, 300)));
  if (failed !== null) throw new Error(`the files of ${page.number} could not be pushed: ${failed}`);
}

/** The page itself goes last, so that what it links to is there before it. */
async function firstFailure(desk: Desk, target: PushTarget, files: readonly StaticFile[]): Promise<string | null> {
  for (const file of files.toSorted((a, b) => Number(a.path === 'index.html') - Number(b.path === 'index.html'))) {
    const { url, headers } = target.kind === 's3' ? signedPut(target, file, desk.clock.now()) : plainPut(target, file);
    try {
      const answer = await desk.outgoing.request({
        url,
        origin: 'typed',
        method: 'PUT',
        timeoutMs: 15_000,
        keep: 500,
        headers: { ...headers, 'cache-control': 'public, max-age=30' },
        body: file.body,
      });
      if (answer.status < 200 || answer.status >= 300) return `${new URL(url).host} answered ${answer.status} to ${file.path}.`;
    } catch (error) {
      return error instanceof Error && 'sentence' in error ? String(error.sentence) : String(error);
    }
  }
  return null;
}

function plainPut(target: Extract<PushTarget, { kind: 'put' }>, file: StaticFile) {
  const headers: Record<string, string> = { 'content-type': file.type };
  if (target.authorization !== '') headers['authorization'] = target.authorization;
  return { url: `${target.url.replace(/\/+$/, '')}${pathOf([file.path])}`, headers };
}

const sha = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Signature version 4 of S3, path style, as buckets of every maker take it. */
export function signedPut(target: Extract<PushTarget, { kind: 's3' }>, file: StaticFile, now: number) {
  const { host, origin } = new URL(target.url);
  const path = pathOf([target.bucket, target.prefix, file.path]);
  const put = { host, path, region: target.region, contentHash: sha(file.body), type: file.type, stamp: stampOf(now) };
  const scope = scopeOf(put);
  const key = ['aws4_request', 's3', target.region, put.stamp.slice(0, 8)].reduceRight<string | Buffer>((before, part) => mac(before, part), `AWS4${target.secretKey}`);
  const signature = mac(key, toSign(put, sha(canonicalPut(put)))).toString('hex');
  return {
    url: `${origin}${path}`,
    headers: {
      'content-type': file.type,
      'x-amz-content-sha256': put.contentHash,
      'x-amz-date': put.stamp,
      authorization: `AWS4-HMAC-SHA256 Credential=${target.accessKey}/${scope}, SignedHeaders=${SIGNED}, Signature=${signature}`,
    },
  };
}
