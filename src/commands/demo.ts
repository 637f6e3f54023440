import { readConfig } from '#kernel/config.ts';
import { StartRefused } from '#kernel/postgres/refused.ts';
import { openMailSink } from '../demo/mail-sink.ts';
import { replay } from '../demo/replay.ts';
import { refuseStart, serve } from '../server.ts';
import { ensurePages } from './start.ts';
import { readFlags } from './usage.ts';

/** `qd demo [--days 182]`: plays the sample organisation into an empty database, then runs the desk with a signed-in link. */
export async function demo(parameters: readonly string[]): Promise<void> {
  const days = Number(readFlags(parameters).named.get('days')?.[0] ?? 182);
  if (!Number.isInteger(days) || days < 7 || days > 370) throw new StartRefused('--days takes a whole number from 7 to 370.');
  await ensurePages();
  const given = readConfig();
  const smtpUrl = given.smtpUrl ?? (await openMailSink()).url;
  const config = { ...given, smtpUrl, demo: true };
  const began = Date.now();
  const played = await replay({
    config,
    days,
    until: Date.now(),
    progress: (day, of) => {
      if (day % 7 === 0) process.stdout.write(`\rPlaying ${of} days of the sample organisation: ${Math.round((day / of) * 100)} %`);
    },
  });
  process.stdout.write(
    played
      ? `\rThe sample organisation is ready (${Math.round((Date.now() - began) / 1000)} s).                       \n`
      : 'The database has people in it already; nothing was played into it.\n',
  );
  await serve({ ...config }).catch(refuseStart);
  await new Promise(() => undefined);
}
