import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openOutgoing } from '#kernel/outgoing.ts';

/** What a run of a probe uses in a test: the real door, with the test's own machine allowed. */
export const around = { door: openOutgoing(['127.0.0.0/8', '::1']), origin: 'typed' as const, now: Date.now() + 60_000, scriptDir: undefined as string | undefined };

interface Listens {
  listen(port: number, host: string, done: () => void): unknown;
  address(): string | { readonly port: number } | null;
  close(): unknown;
}

/** Opens a server on a free port until the test ends. */
export async function listening(t: Pick<TestContext, 'after'>, server: Listens): Promise<number> {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  t.after(() => void server.close());
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** A server that does with each connection what it is told, and ends them all when the test does. */
export function talking(t: Pick<TestContext, 'after'>, each: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
    each(socket);
  });
  t.after(() => {
    for (const socket of open) socket.destroy();
  });
  return listening(t, server);
}

/** A directory that is gone when the test ends. */
export function directory(t: Pick<TestContext, 'after'>): string {
  const path = mkdtempSync(join(tmpdir(), 'quarterdeck-probe-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface Issued {
  readonly key: string;
  readonly cert: string;
  /** The authority that signed it. */
  readonly authority: string;
}

/** A certificate for a name from an authority of the test's own; both end after the given days. */
export function certificate(t: Pick<TestContext, 'after'>, { name = 'localhost', days = 30, authorityDays = 3650 } = {}): Issued {
  const path = directory(t);
  const openssl = (...given: string[]) => execFileSync('openssl', given, { cwd: path, stdio: 'pipe' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Test authority',
    '-days',
    String(authorityDays),
  );
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'own.key', '-out', 'own.csr', '-subj', `/CN=${name}`);
  writeFileSync(join(path, 'names.ext'), `subjectAltName=DNS:${name},IP:127.0.0.1`);
  openssl('x509', '-req', '-in', 'own.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days), '-extfile', 'names.ext', '-out', 'own.pem');
  const read = (file: string) => readFileSync(join(path, file), 'utf8');
  return { key: read('own.key'), cert: `${read('own.pem')}${read('ca.pem')}`, authority: read('ca.pem') };
}

/** Whether a program is installed; its whole path. */
export function installed(program: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
