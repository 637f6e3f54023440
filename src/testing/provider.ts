import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
  readonly at: number;
}

export interface Answered {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers: the caller gives up by itself. */
  readonly hangs?: boolean;
  readonly afterMs?: number;
}

export interface Provider {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** What it answers from now on. */
  answer(how: (asked: Asked) => Answered): void;
  waitFor(count: number, timeoutMs?: number): Promise<readonly Asked[]>;
  close(): Promise<void>;
}

/** A server on loopback that keeps what it is asked and answers as a provider would. */
export async function openProvider(first: (asked: Asked) => Answered): Promise<Provider> {
  const asked: Asked[] = [];
  let answering = first;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const one: Asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: bytes.toString('utf8'), bytes, at: Date.now() };
      asked.push(one);
      const how = answering(one);
      if (how.hangs) return;
      setTimeout(() => response.writeHead(how.status, { 'content-type': 'application/json', ...how.headers }).end(how.body ?? ''), how.afterMs ?? 0);
    });
  });
  server.keepAliveTimeout = 100;
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer: (how) => {
      answering = how;
    },
    async waitFor(count, timeoutMs = 10_000) {
      for (const end = Date.now() + timeoutMs; asked.length < count;) {
        if (Date.now() > end) throw new Error(`${asked.length} of ${count} calls came within ${timeoutMs} ms`);
        await new Promise((done) => setTimeout(done, 10));
      }
      return asked;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
