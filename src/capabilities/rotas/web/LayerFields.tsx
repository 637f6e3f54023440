import { personChoice } from '#web/record/choices.tsx';
import { Fold } from '#web/record/Fold.tsx';
import type { Choosable } from '#web/ui/Combobox.tsx';
import { Checkbox, Field, Input, Select } from '#web/ui/Field.tsx';
import { HoursFields } from './HoursFields.tsx';
import { HOLIDAYS, KINDS, type Layer } from './layer-values.ts';
import { PeopleInTurn } from './PeopleInTurn.tsx';
import { words } from './words.ts';
import { zoneOptions } from '#web/ui/zones.ts';

const text = words.layer;
const kinds = KINDS.map((value) => ({ value, label: text.kinds[value] }));
const holidays = HOLIDAYS.map((value) => ({ value, label: text.holidays[value] }));

interface LayerFieldsProps {
  readonly layer?: Layer;
  /** The handover offered for a new one. */
  readonly start: string;
  readonly name?: string;
  readonly priority?: number;
  readonly onChoose?: (person: Choosable) => void;
}

/** The fields of one layer; what few people need is folded away. */
export function LayerFields({ layer, start, name = 'First', priority = 0, onChoose }: LayerFieldsProps) {
  const special =
    layer !== undefined && (layer.shadow || layer.zone !== null || layer.from !== null || layer.until !== null || layer.turns === 'calendar' || layer.onHolidays !== 'as usual');
  return (
    <>
      <Field name="layerName" label={text.layerName}>
        <Input defaultValue={layer?.name ?? name} required maxLength={60} />
      </Field>
      <div className="pair">
        <Field name="length" label={text.length}>
          <Input type="number" min={1} max={400} defaultValue={layer?.length ?? 1} required />
        </Field>
        <Field name="kind" label={text.kind}>
          <Select options={kinds} defaultValue={layer?.kind ?? 'weekly'} />
        </Field>
      </div>
      <Field name="start" label={text.start} hint={text.startHint}>
        <Input type="datetime-local" defaultValue={layer?.start ?? start} required />
      </Field>
      <PeopleInTurn start={layer?.people.map((group) => group.map(personChoice)) ?? []} {...(onChoose && { onChoose })} />
      <HoursFields start={layer?.hours ?? []} />
      <Field name="priority" label={text.priority} hint={text.priorityHint}>
        <Input type="number" min={0} max={100} defaultValue={layer?.priority ?? priority} />
      </Field>
      <Fold label={text.more} fields={['layerZone', 'layerFrom', 'layerUntil', 'onHolidays', 'byCalendar', 'shadow']} filled={special}>
        <Field name="layerZone" label={text.zone} hint={text.zoneHint} optional>
          <Select none={text.zoneOfRota} defaultValue={layer?.zone ?? ''} options={zoneOptions()} />
        </Field>
        <div className="pair">
          <Field name="layerFrom" label={text.from} optional>
            <Input type="datetime-local" defaultValue={layer?.from ?? ''} />
          </Field>
          <Field name="layerUntil" label={text.until} optional>
            <Input type="datetime-local" defaultValue={layer?.until ?? ''} />
          </Field>
        </div>
        <Field name="onHolidays" label={text.onHolidays}>
          <Select options={holidays} defaultValue={layer?.onHolidays ?? 'as usual'} />
        </Field>
        <Checkbox name="byCalendar" value="on" label={text.byCalendar} hint={text.byCalendarHint} defaultChecked={layer?.turns === 'calendar'} />
        <Checkbox name="shadow" value="on" label={text.shadow} hint={text.shadowHint} defaultChecked={layer?.shadow === true} />
      </Fold>
    </>
  );
}
