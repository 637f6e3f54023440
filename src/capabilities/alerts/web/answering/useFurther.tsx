import { AlarmClock, LifeBuoy, UserRoundPlus } from 'lucide-react';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Paging } from '#capabilities/oncall/contract.ts';
import { useShortcuts } from '#web/shell/shortcuts.ts';
import type { Action } from '#web/ui/Button.tsx';
import { AskHandOver, AskHelp, AskSnooze } from './Ask.tsx';
import { words } from './words.ts';

type Asked = 'snooze' | 'handOver' | 'help';

interface Answers {
  readonly acknowledge: Action;
  readonly escalate: Action;
}

/** What else may be done with a page: put off, handed over, helped with; and the letters for all of it. */
export function useFurther(number: string, paging: Paging | undefined, answers: Answers): { readonly actions: Readonly<Record<Asked, Action>>; readonly dialogs: ReactNode } {
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const refused = paging?.may;
  const actions = {
    snooze: { label: words.snooze, icon: AlarmClock, refused: refused?.snooze, onAct: () => setAsked('snooze') },
    handOver: { label: words.handOver, icon: UserRoundPlus, refused: refused?.handOver, onAct: () => setAsked('handOver') },
    help: { label: words.help, icon: LifeBuoy, refused: refused?.help, onAct: () => setAsked('help') },
  } satisfies Readonly<Record<Asked, Action>>;
  const now = useRef<Readonly<Record<Asked | keyof Answers, Action>>>({ ...actions, ...answers });
  now.current = { ...actions, ...answers };
  const shortcuts = useMemo(() => {
    const key = (keys: string, deed: keyof typeof words.keys) => ({
      keys,
      label: words.keys[deed],
      group: words.title,
      act: () => {
        const action = now.current[deed];
        if (!action.refused?.length) action.onAct?.();
      },
    });
    return [key('a', 'acknowledge'), key('e', 'escalate'), key('s', 'snooze'), key('h', 'handOver'), key('n', 'help')];
  }, []);
  useShortcuts(shortcuts);
  const dialogs = (
    <>
      <AskSnooze number={number} open={asked === 'snooze'} onClose={close} />
      <AskHandOver number={number} open={asked === 'handOver'} onClose={close} />
      <AskHelp number={number} open={asked === 'help'} onClose={close} />
    </>
  );
  return { actions, dialogs };
}
