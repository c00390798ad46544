import { text, type Text } from '../../kernel/text.ts';
import type { Instance } from '../../planning/instance.ts';
import type { PublishFacts } from '../../planning/publish.ts';
import type { Charge, Finding } from '../../planning/rules/finding.ts';
import { say, sayCharge } from '../../planning/rules/judge.ts';
import { Names } from '../../planning/rules/rule.ts';

/** What the planner says, with each person and meeting called as the programme and the roster call them: an instance has bare keys. */
export class Speech {
  /** `site/icredd lead`, `officer/icredd`, a limit or a load: what it is called */
  readonly called: (where: string) => Text;
  private readonly names: Names;
  private readonly people: ReadonlyMap<string, Text>;

  constructor(facts: PublishFacts, instance: Instance) {
    this.people = new Map(facts.roster.people.map((person) => [person.id, person.name]));
    this.called = callerOf(facts);
    this.names = new Names(instance, { person: this.person, thing: this.called });
  }

  person = (id: string): Text => this.people.get(id) ?? text(id, id);

  finding(finding: Finding): Text {
    return say(finding, this.names).text;
  }

  charge(charge: Charge): Text {
    return sayCharge(charge, this.names).text;
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
