import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { joinEmbedded } from '#kernel/postgres/index.ts';
import { scratch, startServer, type ServerProcess } from '#testing/server.ts';
import { childrenOf, cpuSeconds, endedSeconds } from './machine.ts';

/** A desk as people run it: its own process, its own database on disk, fsync on. */
export interface BenchDesk {
  readonly server: ServerProcess;
  readonly port: number;
  readonly adminUrl: string;
  readonly dataDir: string;
  /** Share of one core that node and PostgreSQL used while `work` ran. */
  during<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly nodeCores: number; readonly postgresCores: number }>;
  close(): Promise<void>;
}

/** `prepare` fills the database beside a first desk, which is then started anew as after an upgrade. */
export async function openBenchDesk(env: Readonly<Record<string, string>> = {}, prepare?: (adminUrl: string, server: ServerProcess) => Promise<void>): Promise<BenchDesk> {
  const place = scratch('bench');
  const dataDir = join(place.path, 'data');
  if (prepare) {
    const first = await startServer({ dataDir, env });
    await prepare(joinEmbedded(dataDir).adminUrl, first);
    await first.end('SIGTERM');
  }
  const server = await startServer({ dataDir, env });
  const postmaster = Number(readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  const { adminUrl } = joinEmbedded(dataDir);
  return {
    server,
    adminUrl,
    dataDir,
    port: Number(new URL(server.url).port),
    async during(work) {
      const postgres = () => cpuSeconds([postmaster, ...childrenOf(postmaster)]) + endedSeconds(postmaster);
      const before = { at: performance.now(), node: cpuSeconds([server.pid]), postgres: postgres() };
      const value = await work();
      const seconds = (performance.now() - before.at) / 1000;
      return {
        value,
        nodeCores: (cpuSeconds([server.pid]) - before.node) / seconds,
        postgresCores: Math.max(0, postgres() - before.postgres) / seconds,
      };
    },
    async close() {
      await server.end('SIGTERM');
      place.remove();
    },
  };
}
