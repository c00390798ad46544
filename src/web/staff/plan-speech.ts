import { text, type Text } from '../../kernel/text.ts';
import type { Instance } from '../../planning/instance.ts';
import type { PublishFacts } from '../../planning/publish.ts';
import type { Charge, Finding } from '../../planning/rules/finding.ts';
import { say, sayCharge } from '../../planning/rules/judge.ts';
import { Names } from '../../planning/rules/rule.ts';

/** What the planner says, with each person and meeting called as each language calls them: an instance has one name and bare keys. */
export class Speech {
  /** `site/icredd lead`, `officer/icredd`, a limit or a load: what it is called */
  readonly called: (where: string) => Text;
  private readonly names: { readonly ja: Names; readonly en: Names };
  private readonly people: ReadonlyMap<string, Text>;
  private readonly titles: ReadonlyMap<string, Text>;

  constructor(facts: PublishFacts, instance: Instance) {
    this.people = new Map(facts.roster.people.map((person) => [person.id, person.name]));
    this.titles = new Map(facts.meetings.map((meeting) => [meeting.key, meeting.title]));
    this.called = callerOf(facts);
    const names = (language: 'ja' | 'en') =>
      new Names({
        ...instance,
        people: instance.people.map((person) => ({ ...person, name: this.person(person.id)[language] })),
      });
    this.names = { ja: names('ja'), en: names('en') };
  }

  person = (id: string): Text => this.people.get(id) ?? text(id, id);

  finding(finding: Finding): Text {
    const inLanguage = (language: 'ja' | 'en') =>
      say(this.titled(finding, language), this.names[language]).text[language];
    return text(inLanguage('ja'), inLanguage('en'));
  }

  charge(charge: Charge): Text {
    return text(sayCharge(charge, this.names.ja).text.ja, sayCharge(charge, this.names.en).text.en);
  }

  private titled(finding: Finding, language: 'ja' | 'en'): Finding {
    if (!finding.meetings) return finding;
    return { ...finding, meetings: finding.meetings.map((key) => this.titles.get(key)?.[language] ?? key) };
  }
}

function callerOf(facts: PublishFacts): (where: string) => Text {
  const { rules } = facts.cycle;
  const meetings = new Map(facts.meetings.map((meeting) => [meeting.key, meeting.title]));
  const named = new Map(
    [...rules.assignments, ...rules.panels, ...rules.loads, ...rules.limits].map((one) => [one.id, one.name]),
  );
  const centres = new Map(facts.roster.centres.map((centre) => [centre.id, centre.acronym]));
  return (where) => {
    const [key = ''] = where.split(' ');
    const meeting = meetings.get(key);
    if (meeting) return meeting;
    const [id = '', centre = ''] = key.split('/');
    const name = named.get(id);
    const acronym = centres.get(centre);
    if (!name) return text(where, where);
    return acronym ? text(`${name.ja}（${acronym}）`, `${name.en} (${acronym})`) : name;
  };
}
