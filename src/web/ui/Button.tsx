import { Lock, X } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type Picture } from './Icon.tsx';
import { Link } from './Link.tsx';
import { TipAnchor } from './Tooltip.tsx';

const VARIANTS = { primary: ' p', plain: '', quiet: ' g', danger: ' d' } as const;

export type Refusal = string | readonly string[] | null | undefined;

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  readonly variant?: keyof typeof VARIANTS;
  readonly size?: 'small';
  readonly icon?: Picture | undefined;
  /** The only content is the icon; the name comes from `aria-label`. */
  readonly square?: true;
  readonly busy?: boolean;
  /** Why it cannot be done now. The button stays visible and focusable, says so, and does nothing. */
  readonly refused?: Refusal;
  /** Makes it a link that looks like a button. */
  readonly href?: string | undefined;
};

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function Reasons({ of: reasons }: { readonly of: readonly string[] }) {
  if (reasons.length === 1) return <>{sentence(reasons[0] ?? '')}</>;
  return (
    <>
      <b>Not yet. {NUMBERS[reasons.length] ?? reasons.length} things are open</b>
      <span role="list">
        {reasons.map((reason) => (
          <span role="listitem" className="li" key={reason}>
            <Icon of={X} size={12} />
            {reason}
          </span>
        ))}
      </span>
    </>
  );
}

export function Button({ variant = 'plain', size, icon, square, busy, refused, href, className, children, ...rest }: ButtonProps) {
  const look = `btn${VARIANTS[variant]}${size ? ' s' : ''}${square ? ' sq' : ''}${className ? ` ${className}` : ''}`;
  const small = icon ? <Icon of={icon} size={14} /> : undefined;
  const reasons = (typeof refused === 'string' ? [refused] : (refused ?? [])).filter(Boolean);
  const { onClick, type = 'button', ...other } = rest;
  if (reasons.length) {
    return (
      <TipAnchor className="refusal" tip={<Reasons of={reasons} />}>
        {(id) => (
          <button {...other} type="button" className={look.replace(VARIANTS[variant], '')} aria-disabled="true" aria-describedby={id}>
            <Icon of={Lock} size={14} />
            {children}
          </button>
        )}
      </TipAnchor>
    );
  }
  if (href) {
    return (
      <Link className={look} href={href} aria-label={rest['aria-label']}>
        {small}
        {children}
      </Link>
    );
  }
  return (
    <button {...other} type={type} className={look} aria-busy={busy || undefined} onClick={busy ? undefined : onClick}>
      {small}
      {children}
    </button>
  );
}

/** One thing a person may do to a record: drawn as a button, an entry in a menu or a line on the phone. */
export interface Action {
  readonly label: string;
  readonly icon?: Picture;
  readonly variant?: keyof typeof VARIANTS;
  readonly refused?: Refusal;
  readonly busy?: boolean;
  readonly href?: string;
  readonly onAct?: () => void;
}

export function ActionButton({ action, className, size }: { readonly action: Action; readonly className?: string; readonly size?: 'small' }): ReactNode {
  const { label, onAct, ...rest } = action;
  return (
    <Button {...rest} {...(size && { size })} {...(className && { className })} onClick={onAct}>
      {label}
    </Button>
  );
}
