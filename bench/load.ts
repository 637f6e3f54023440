import { fork } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { quantile } from './figures.ts';

/** Requests from a process of its own, over plain keep-alive sockets, so that the measured process is not slowed by us. */
export interface Load {
  readonly port: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  /** `#` becomes the number of the request. Several are sent in turn. */
  readonly body?: string | readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Requests per second; without it each connection sends as soon as it has its answer. */
  readonly rate?: number;
}

export interface Loaded {
  readonly requests: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly generatorCpuSeconds: number;
}

export async function load(what: Load): Promise<Loaded> {
  const child = fork(import.meta.filename, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(what);
  return new Promise((resolve, reject) => {
    child.on('message', (answer) => resolve(answer as Loaded));
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`the load generator ended with ${code}`));
    });
  });
}

async function generate(what: Load): Promise<Loaded> {
  const took: number[] = [];
  let failed = 0;
  let sent = 0;
  let measuredFrom = performance.now();
  const began = performance.now();
  const warmUp = what.rate === undefined ? 1000 : 300;
  const end = began + warmUp + what.seconds * 1000;
  let warm = false;
  const due = () => began + (sent * 1000) / (what.rate ?? Number.POSITIVE_INFINITY);
  async function one(socket: Socket): Promise<void> {
    // With a rate, latency counts from the instant at which the request was due, so a stall is not hidden.
    const planned = what.rate === undefined ? performance.now() : due();
    sent += 1;
    if (planned > performance.now()) await new Promise((resolve) => setTimeout(resolve, planned - performance.now()));
    const status = await exchange(socket, requestOf(what, sent));
    const now = performance.now();
    if (!warm && now - began >= warmUp) {
      warm = true;
      measuredFrom = now;
      took.length = 0;
      failed = 0;
      return;
    }
    if (status >= 200 && status < 300) took.push(now - planned);
    else failed += 1;
  }
  await Promise.all(
    Array.from({ length: what.connections }, async () => {
      const socket = connect({ port: what.port, host: '127.0.0.1', noDelay: true });
      await new Promise((resolve) => {
        socket.once('connect', resolve);
      });
      while (performance.now() < end && (what.rate === undefined || due() < end)) await one(socket);
      socket.destroy();
    }),
  );
  const seconds = (performance.now() - measuredFrom) / 1000;
  const { user, system } = process.cpuUsage();
  return {
    requests: took.length,
    failed,
    perSecond: took.length / seconds,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    generatorCpuSeconds: (user + system) / 1e6,
  };
}

function requestOf({ method, path, token, body: given }: Load, count: number): string {
  const body = typeof given === 'string' ? given : given?.[count % given.length];
  const text = body?.replaceAll('#', String(count)) ?? '';
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${token ? `authorization: Bearer ${token}\r\n` : ''}`;
  return body === undefined ? `${head}\r\n` : `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** One request and its answer; the status. Answers of the desk always say their length. */
function exchange(socket: Socket, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0);
    let whole = -1;
    const done = (finish: () => void) => {
      socket.off('data', read);
      socket.off('close', lost);
      finish();
    };
    const lost = () => done(() => reject(new Error('the connection was closed')));
    function read(chunk: Buffer): void {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      if (whole < 0) {
        const headEnd = got.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        whole = headEnd + 4 + Number(/content-length: (\d+)/i.exec(got.toString('latin1', 0, headEnd))?.[1] ?? 0);
      }
      if (got.length >= whole) done(() => resolve(Number(got.toString('latin1', 9, 12))));
    }
    socket.on('data', read);
    socket.on('close', lost);
    socket.write(request);
  });
}

if (import.meta.main)
  process.once('message', (what) => {
    void generate(what as Load).then((answer) => {
      process.send?.(answer, () => process.exit(0));
    });
  });
