import type { Options } from '../../rules/index.ts';
import { words } from './words.ts';
import { Badge } from '#web/ui/Status.tsx';

/** What a rule does, in a word beside its name; nothing where that comes from above. */
export const OutcomeBadge = ({ outcome }: { readonly outcome: Options['outcome'] | undefined }) => (outcome ? <Badge>{words.said.outcomes[outcome]}</Badge> : null);
