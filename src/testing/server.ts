import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { clientOf, type ClientOf } from '#kernel/client.ts';
import { contracts } from '#contracts';
import program from '../../bin/node.json' with { type: 'json' };

/** A desk in a process of its own, as people run it: real clock, real queue, a port. */
export interface ServerProcess {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  readonly clients: { readonly [K in keyof typeof contracts]: ClientOf<(typeof contracts)[K]> };
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface ServerOptions {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

export const SERVER_TOKEN = 'server-bootstrap-token-0123456789abcdef';
const ROOT = join(import.meta.dirname, '../..');

/** A directory the database's account may enter, in memory where possible. */
export function scratch(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(`/tmp/qd-${name}-`);
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** Starts a desk and waits until it is ready; a start that is refused throws what it printed. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...program.environment,
    PATH: process.env['PATH'] ?? '',
    QD_PORT: String(port),
    QD_BOOTSTRAP_TOKEN: SERVER_TOKEN,
    QD_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
    ...(options.dataDir ? { QD_DATA_DIR: options.dataDir } : {}),
    ...options.env,
  };
  const child = spawn(process.execPath, [...program.flags, 'src/server.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  await ready(child, { url, said: () => said, worker: env['QD_ROLE' as keyof typeof env] === 'worker' });
  const clients = Object.fromEntries(Object.entries(contracts).map(([name, contract]) => [name, clientOf(contract, { baseUrl: url, token: SERVER_TOKEN })]));
  return {
    url,
    token: SERVER_TOKEN,
    pid: child.pid ?? 0,
    clients: clients as unknown as ServerProcess['clients'],
    output: () => said,
    async end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

async function ready(child: ChildProcess, at: { url: string; said: () => string; worker: boolean }): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(at.said());
    if (
      at.worker
        ? at.said().includes('is open')
        : await fetch(`${at.url}/readyz`).then(
            (r) => r.ok,
            () => false,
          )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill('SIGKILL');
  throw new Error(`the desk was not ready within 30 s:\n${at.said()}`);
}
