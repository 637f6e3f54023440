import type { Contact } from '../contract.ts';
import { words } from './words.ts';

interface WhenProps {
  readonly rules: readonly { readonly contact: string; readonly delayMinutes: number }[];
  readonly contacts: readonly Contact[];
}

/** What happens when a page comes, along the minutes; what cannot be used is crossed out. */
export function When({ rules, contacts }: WhenProps) {
  const delays = [...new Set(rules.map((rule) => rule.delayMinutes))].toSorted((a, b) => a - b);
  return (
    <ol className="whenline" aria-label={words.whenPicture}>
      {delays.map((delay) => (
        <li key={delay}>
          <span className="at">{words.at(delay)}</span>
          {rules
            .filter((rule) => rule.delayMinutes === delay)
            .map((rule) => {
              const contact = contacts.find((one) => one.id === rule.contact);
              return (
                <span key={rule.contact} className={contact?.trouble ? 'block mute' : 'block'}>
                  {contact ? (contact.builtIn ? words.channels[contact.channel] : `${contact.label} (${words.channels[contact.channel]})`) : words.gone}
                </span>
              );
            })}
        </li>
      ))}
    </ol>
  );
}
