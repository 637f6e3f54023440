import { execFile } from 'node:child_process';
import { faultOfPing, readPing, type PingConfig } from '../ping.ts';
import { familyOf, ProbeFailed, type Run } from './run.ts';

/** The pings of the system's own program: the desk itself may not send such packets. */
export const ping: Run<PingConfig> = async (config, { door, origin, timeoutMs, signal }) => {
  const ip = await door.resolve(config.host, origin, { timeoutMs, ...familyOf(config.ip) });
  const { printed, complaint } = await pinged(ip, { packets: config.packets, timeoutMs, signal });
  const seen = readPing(printed);
  if (!seen) throw new ProbeFailed(complaint === '' ? 'the program ping prints what is not understood' : `ping says: ${complaint.slice(0, 200)}`);
  const { lossPercent, roundTripMs } = seen;
  return { words: faultOfPing(config, seen), ip, ...(roundTripMs !== null && { tookMs: roundTripMs }), values: { lossPercent, ...(roundTripMs !== null && { roundTripMs }) } };
};

interface Asked {
  readonly packets: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

function pinged(ip: string, { packets, timeoutMs, signal }: Asked): Promise<{ readonly printed: string; readonly complaint: string }> {
  const deadline = String(Math.max(1, Math.floor(timeoutMs / 1000)));
  const parameters = ['-n', ip.includes(':') ? '-6' : '-4', '-c', String(packets), process.platform === 'darwin' ? '-t' : '-w', deadline, ip];
  return new Promise((resolve, reject) => {
    execFile(
      'ping',
      parameters,
      { signal, killSignal: 'SIGKILL', timeout: timeoutMs + 500, env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C' } },
      (error, stdout, stderr) => {
        if (error?.code === 'ENOENT') reject(new ProbeFailed('the program ping is not installed on the machine of the desk'));
        else resolve({ printed: stdout, complaint: stderr.trim() });
      },
    );
  });
}
