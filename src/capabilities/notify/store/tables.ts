import type { Db, Json } from '#kernel/database.ts';
import type { ChannelName, Urgency } from '../contract.ts';

export type Purpose = 'page' | 'notice' | 'test' | 'post' | 'outside';

type Tables = {
  notifyContact: {
    id: string;
    personId: string;
    channel: ChannelName;
    label: string;
    address: string;
    sealed: boolean;
    verifiedAt: string | null;
    createdAt: string;
    removedAt: string | null;
    addressKey: string | null;
    disabledAt: string | null;
    codeHash: string | null;
    codeUntil: string | null;
    codeTries: number;
  };
  notifyWay: { personId: string; contact: string; hours: Json; failedAt: string | null; failedWhy: string | null };
  notifyRule: { personId: string; urgency: Urgency; position: number; contact: string; delayMinutes: number };
  notifyChannel: { id: string; channel: ChannelName; address: string; verifiedAt: string | null };
  notifyPage: {
    id: string;
    personId: string;
    aboutId: string;
    title: string;
    text: string;
    why: string;
    startedAt: string;
    endedAt: string | null;
    endedWhy: string | null;
    urgency: Urgency;
    shadow: boolean;
    serviceId: string | null;
  };
  notifyNotification: {
    id: string;
    pageId: string | null;
    personId: string | null;
    aboutId: string | null;
    purpose: Purpose;
    contact: string;
    channel: ChannelName;
    state: 'pending' | 'sending' | 'sent' | 'failed' | 'cancelled' | 'bundled';
    attempt: number;
    dueAt: string;
    claimedUntil: string | null;
    settledAt: string | null;
    tookMs: number | null;
    result: string;
    title: string;
    text: string;
    createdAt: string;
    lane: string;
    priority: number;
    notBefore: string | null;
    bundleId: string | null;
    triedAt: string | null;
    brokenOff: number;
    providerRef: string | null;
    receipt: string | null;
    receiptOrder: number;
    topic: string | null;
  };
  notifyCode: { addressKey: string; code: number; pageId: string };
  notifyReplier: { addressKey: string; wrong: number };
};
export const tables = (db: Db) => db.$extendTables<Tables>();

export type NotificationRow = Tables['notifyNotification'];
