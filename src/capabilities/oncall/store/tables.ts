import type { Db } from '#kernel/database.ts';
import type { Trouble } from '../rules/audit.ts';
import type { Severity, UrgencyBy, UrgencyRule } from '../rules/conditions.ts';
import type { Escalation, Policy } from '../rules/escalation.ts';

type Tables = {
  oncallPolicy: { id: string; about: string; steps: Policy['steps']; repeat: number; isDefault: boolean; urgency: UrgencyRule; answerMinutes: number };
  oncallCoverage: { serviceId: string; policyId: string; urgency: UrgencyBy | null };
  oncallRun: {
    id: string;
    aboutId: string;
    policyId: string | null;
    policy: Policy;
    policyName: string;
    title: string;
    text: string;
    escalation: Escalation;
    state: 'running' | 'acknowledged' | 'exhausted' | 'ended';
    nextAt: string | null;
    startedAt: string;
    endedAt: string | null;
    serviceId: string | null;
    severity: Severity | null;
    tier: number | null;
  };
  oncallTurn: { policyId: string; step: number; turns: number };
  oncallAudit: { one: boolean; checkedAt: string; troubleSince: string | null; troubles: readonly Trouble[]; toldAt: string | null; jobsSeenAt: string | null };
};
export const tables = (db: Db) => db.$extendTables<Tables>();
export type RunRow = Tables['oncallRun'];
