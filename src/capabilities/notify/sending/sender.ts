import { writeAs } from '#kernel/act.ts';
import type { Desk } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { channels, MAIL_CONNECTIONS, type Sent } from '../channels/index.ts';
import { CLAIM_MS, LONGEST_WAIT_MS } from '../rules/index.ts';
import { claimDue, type Claimed } from './claim.ts';
import { settleAll, type Outcome } from './settle.ts';

/** Messages to one host that are under way at once, and to all of them: what hangs takes up its own room only. */
const PER_LANE = 24;
/** A mail server takes few connections of one client; no more mails are claimed than go over them. */
const PER_MAIL_LANE = MAIL_CONNECTIONS;
const ALTOGETHER = 300;
/** Results are written together: as many as come within this time. */
const GATHER_MS = 15;
const TRY_AGAIN_MS = 250;
const ATTEMPT_MS = CLAIM_MS - 5000;

interface Sender {
  /** Claims and begins to send what is due, as far as there is room; what is under way goes on behind it. */
  wake(): Promise<void>;
  /** Waits until the result of a message that is under way here is written; for a moment only. */
  written(notification: string): Promise<void>;
  /** Waits until nothing is under way any more. */
  settled(): Promise<void>;
}

const senders = new WeakMap<Desk, Sender>();

export function senderOf(desk: Desk): Sender {
  const known = senders.get(desk);
  if (known) return known;
  const fresh = openSender(desk);
  senders.set(desk, fresh);
  return fresh;
}

function openSender(desk: Desk): Sender {
  const underWay = new Map<string, number>();
  const messages = new Set<string>();
  const pausedUntil = new Map<string, number>();
  let outcomes: Outcome[] = [];
  let writing: Promise<void> | undefined;
  let claiming: Promise<void> | undefined;
  let asked = false;
  /** Something had to be left because there was no room. */
  let left = false;

  const count = () => [...underWay.values()].reduce((sum, n) => sum + n, 0);
  const room = (lane: string) =>
    (pausedUntil.get(lane) ?? 0) > desk.clock.now() ? 0 : Math.min((lane === 'email' ? PER_MAIL_LANE : PER_LANE) - (underWay.get(lane) ?? 0), ALTOGETHER - count());

  async function claimAll(): Promise<void> {
    left = false;
    do {
      asked = false;
      const free = ALTOGETHER - count();
      if (free <= 0 || desk.state.stopping) {
        left = true;
        return;
      }
      const full = [...new Set([...underWay.keys(), ...pausedUntil.keys()])].filter((lane) => room(lane) <= 0);
      left ||= full.length > 0;
      const claimed = await writeAs(desk, SYSTEM, (ctx) => claimDue(ctx, { full, left: (lane) => Math.max(0, room(lane)) }), 'quiet');
      for (const one of claimed) begin(one);
      asked ||= claimed.length > 0;
    } while (asked);
  }

  function begin(claimed: Claimed): void {
    const { lane } = claimed.row;
    underWay.set(lane, (underWay.get(lane) ?? 0) + 1);
    messages.add(claimed.row.id);
    const started = performance.now();
    void withinClaim(channels[claimed.way.channel].send(desk, claimed.message, claimed.way.address))
      .catch((error: unknown): Sent => ({ ok: false, permanent: false, result: String(error).slice(0, 300) }))
      .then((sent) => {
        desk.metrics.notifications.inc({ channel: claimed.way.channel, outcome: sent.ok ? 'sent' : 'failed' });
        if (!sent.ok && sent.waitMs !== undefined) pausedUntil.set(lane, desk.clock.now() + Math.min(sent.waitMs, LONGEST_WAIT_MS));
        const now = (underWay.get(lane) ?? 1) - 1;
        if (now > 0) underWay.set(lane, now);
        else underWay.delete(lane);
        outcomes.push({ claimed, sent: claimed.row.purpose === 'outside' ? withoutAddress(sent) : kept(sent, claimed.way), tookMs: Math.round(performance.now() - started) });
        writing ??= writeDown().finally(() => {
          writing = undefined;
        });
      });
  }

  /** A database that is away for a moment costs no result; when it stays away the claims run out and pages are sent again. */
  async function writeDown(): Promise<void> {
    await pause(GATHER_MS);
    while (outcomes.length > 0) {
      const batch = outcomes.slice(0, 200);
      outcomes = outcomes.slice(200);
      for (let attempt = 1; ; attempt += 1) {
        try {
          await writeAs(desk, SYSTEM, (ctx) => settleAll(ctx, batch), 'quiet');
          break;
        } catch (error) {
          desk.log.warn({ err: error, results: batch.length }, 'results of messages could not be written');
          if (attempt >= 40 || desk.state.stopping) break;
          await pause(TRY_AGAIN_MS);
        }
      }
      for (const { claimed } of batch) messages.delete(claimed.row.id);
      if (left) await wake().catch((error: unknown) => desk.log.warn({ err: error }, 'what is due could not be claimed'));
    }
  }

  function wake(): Promise<void> {
    asked = true;
    claiming ??= claimAll().finally(() => {
      claiming = undefined;
    });
    return claiming;
  }

  return {
    wake,
    async written(notification) {
      for (let waited = 0; waited < 2000 && messages.has(notification); waited += 20) await pause(20);
    },
    async settled() {
      for (;;) {
        await claiming;
        await writing;
        if (count() === 0 && outcomes.length === 0 && !claiming && !writing) return;
        await pause(2);
      }
    },
  };
}

/** An attempt ends before its claim does: nobody else begins while it may still go on. */
function withinClaim(sending: Promise<Sent>): Promise<Sent> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Sent>((done) => {
    timer = setTimeout(() => done({ ok: false, permanent: false, result: `The provider did not answer within ${ATTEMPT_MS / 1000} s.` }), ATTEMPT_MS);
  });
  return Promise.race([sending, tooLate]).finally(() => clearTimeout(timer));
}

/** What a provider says is kept without what the database refuses, as one odd answer must not cost the results of others, and without the address: everybody reads it. */
function kept(sent: Sent, { channel, address }: Claimed['way']): Sent {
  const plain = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ').toWellFormed();
  const result = plain(address === '' || channel === 'email' ? sent.result : sent.result.replaceAll(address, channels[channel].shown(address)));
  return sent.ok ? { ...sent, result, ...(sent.ref !== undefined && { ref: plain(sent.ref) }) } : { ...sent, result };
}

/** Servers name the address that they take or refuse; whoever follows from outside is named nowhere. */
const withoutAddress = (sent: Sent): Sent => ({ ...sent, result: sent.ok ? 'It was taken.' : 'It was not taken.' });

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
