export interface Receipt {
  /** Later ones win; providers send theirs in any order. */
  readonly order: number;
  readonly word: string;
  readonly failed: boolean;
}

const RECEIPTS: Readonly<Record<string, readonly [number, string]>> = {
  accepted: [1, 'accepted'],
  queued: [1, 'queued'],
  initiated: [2, 'dialling'],
  sending: [2, 'sending'],
  sent: [3, 'sent'],
  ringing: [3, 'ringing'],
  'in-progress': [4, 'answered'],
  delivered: [5, 'delivered'],
  completed: [5, 'answered'],
  read: [6, 'read'],
};
const FAILED: Readonly<Record<string, string>> = {
  undelivered: 'not delivered',
  failed: 'failed',
  busy: 'busy',
  'no-answer': 'not answered',
  canceled: 'cancelled',
};

/** What Twilio says became of a message or a call; undefined for a word it may invent later. */
export function receiptOf(status: string): Receipt | undefined {
  const failed = Object.hasOwn(FAILED, status) ? FAILED[status] : undefined;
  if (failed !== undefined) return { order: 9, word: failed, failed: true };
  const known = Object.hasOwn(RECEIPTS, status) ? RECEIPTS[status] : undefined;
  return known && { order: known[0], word: known[1], failed: false };
}

/** A receipt changes what is known only when it comes later in the course of things: never back, and never after the end. */
export function isNews(known: number, receipt: Receipt): boolean {
  return receipt.order > known && !(receipt.failed && known >= 5);
}
