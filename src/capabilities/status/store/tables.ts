import type { Generated, Selectable } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import type { Audience, ComponentState, Occasion, Phase, PostKind } from '../rules/index.ts';

export type Channel = 'email' | 'webhook' | 'slack';

type Tables = {
  statusPage: {
    id: string;
    slug: string;
    about: string;
    access: 'public' | 'link' | 'signed-in';
    linkSecret: string;
    published: boolean;
    colour: string;
    logo: Buffer | null;
    logoType: string | null;
    push: string | null;
    pushedAt: string | null;
    pushResult: Generated<string>;
    stamp: Generated<number>;
  };
  statusComponent: {
    id: string;
    pageId: string;
    sourceId: string | null;
    name: string;
    about: string;
    groupName: string;
    position: number;
    published: boolean;
    followsChecks: boolean;
    byHand: ComponentState;
    shown: ComponentState;
    since: string;
    madeAt: string;
    removedAt: string | null;
  };
  statusTurn: { componentId: string; at: string; state: ComponentState };
  statusPost: {
    id: string;
    pageId: string;
    kind: PostKind;
    aboutId: string | null;
    muteId: string | null;
    phase: Phase | null;
    startsAt: string | null;
    endsAt: string | null;
    closesItself: boolean;
    publishedAt: string | null;
    closedAt: string | null;
  };
  statusUpdate: {
    id: string;
    postId: string;
    phase: Phase;
    text: string;
    states: Json;
    authorId: string | null;
    madeAt: string;
    sentAt: string | null;
    tells: boolean;
    told: Generated<number>;
  };
  statusSubscriber: {
    id: string;
    pageId: string;
    channel: Channel;
    address: string;
    addressKey: string;
    components: string[] | null;
    wanted: string[] | null;
    askedAt: string;
    asked: number;
    confirmedAt: string | null;
  };
  statusTemplate: { audience: Audience; occasion: Occasion; title: string; text: string; changedAt: string; changedBy: string | null };
  statusAudience: { audience: Audience; people: string[]; teams: string[]; channels: string[] };
  statusMessage: {
    id: string;
    aboutId: string;
    audience: 'technical' | 'business' | 'executives';
    title: string;
    text: string;
    authorId: string | null;
    madeAt: string;
    sentAt: string | null;
    people: Generated<number>;
    channels: Generated<number>;
  };
};
export const tables = (db: Db) => db.$extendTables<Tables>();

export type MessageRow = Selectable<Tables['statusMessage']>;
export interface StateOf {
  readonly component: string;
  readonly state: ComponentState;
}
