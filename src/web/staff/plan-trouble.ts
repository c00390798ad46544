import { text, type Text } from '../../kernel/text.ts';
import { everywhere, type TroubleGround, type TroubleKind } from '../../planning/year-troubles.ts';

/*
 * What happened that the year does not know of, as the page of repairs asks for it. It travels in the address, so that a page with it can be
 * shown to others.
 */

export const troubleNames: Readonly<Record<TroubleKind, Text>> = {
  storm: text('台風・ストライキなどで移動できない', 'A typhoon, a strike: nobody can travel'),
  ill: text('病気などで出られない', 'Somebody is ill or away'),
  closed: text('会議ができない日が増えた', 'Days on which nothing can be held'),
};

interface Option {
  readonly value: string;
  readonly label: Text;
}

/** Everywhere, cities with more than one centre, and centres with something to move */
export function placeOptions({ roster, meetings }: TroubleGround): Option[] {
  const centres = roster.centres.filter(({ id }) => meetings.some(({ centre }) => centre === id));
  const cities = [...Map.groupBy(centres, ({ city }) => city.en)].filter(([, there]) => there.length > 1);
  return [
    { value: '*', label: everywhere },
    ...meetings
      .filter(({ centre }) => centre === null)
      .map(({ key, title }) => ({ value: `meeting ${key}`, label: title })),
    ...cities.map(([name, [centre]]) => ({ value: `city ${name}`, label: centre!.city })),
    ...centres.map(({ id, acronym, city }) => ({
      value: `centre ${id}`,
      label: text(`${acronym}（${city.ja}）`, `${acronym} (${city.en})`),
    })),
  ];
}
