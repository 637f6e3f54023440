import { catalog } from '#capabilities/catalog/contract/index.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { recordChoice, searchServices } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { Select } from '#web/ui/Field.tsx';
import { alerts } from '../../contract/index.ts';
import { severityOptions } from '../look.tsx';
import { words } from '../words.ts';

const text = words.list;

/** Further filters beside the saved ones; each is kept in the address. */
export function Tools() {
  const { search, keep } = useAddress();
  const { data } = useRead(api(alerts).sources, { limit: 100 });
  const { service } = search;
  const named = useRead(api(catalog).get, { number: service ?? 'SVC-0' }, { enabled: Boolean(service) });
  const start = service && named.data ? recordChoice({ ...named.data.service, title: named.data.service.name }) : undefined;
  return (
    <>
      <input
        className="inp findbox"
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        defaultValue={search['q'] ?? ''}
        onChange={(event) => keep({ q: event.currentTarget.value })}
      />
      <Select
        aria-label={words.alert.severity}
        none={text.severity}
        options={severityOptions}
        value={search['severity'] ?? ''}
        onChange={(event) => keep({ severity: event.currentTarget.value })}
      />
      <Select
        aria-label={words.alert.source}
        none={text.source}
        options={(data?.items ?? []).map(({ number, name }) => ({ value: number, label: name }))}
        value={search['source'] ?? ''}
        onChange={(event) => keep({ source: event.currentTarget.value })}
      />
      <Choose
        key={start?.id ?? ''}
        optional
        name="service"
        label={words.service}
        none={text.anyService}
        search={searchServices}
        start={start}
        onChoose={(choice) => keep({ service: choice?.id })}
      />
    </>
  );
}
