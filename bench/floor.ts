import * as pg from 'pg';

/** Commits per second of a bare insert of one row, at a number of connections, on the database of the same run. */
export async function bareInserts(url: string, connections: number, seconds: number): Promise<number> {
  const first = new pg.Client({ connectionString: url });
  await first.connect();
  await first.query('create table bench_floor (id bigint generated always as identity primary key, body text not null)');
  let done = 0;
  let end = 0;
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const began = performance.now();
  end = began + seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        await client.query({
          name: 'floor',
          text: 'insert into bench_floor (body) values ($1)',
          values: ['one bare row of a table without any index but its key'],
        });
        done += 1;
      }
      await client.end();
    }),
  );
  const took = (performance.now() - began) / 1000;
  await first.query('drop table bench_floor');
  await first.end();
  return done / took;
}
