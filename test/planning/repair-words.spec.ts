import { describe, expect, it } from '@jest/globals';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { differences, headlineOf, kindOf } from '../../src/planning/repair/differences.ts';
import { sayRepair } from '../../src/planning/repair/sentence.ts';
import { peopleToTell } from '../../src/planning/repair/tell.ts';
import { tinyYear } from './instances.ts';

/** One visit and one PD/PO visit, a committee with one hearing */
const year: Instance = {
  ...tinyYear(1),
  people: ['pd', 'deputy', 'director', 'po1', 'po2', 'w1', 'w2', 'w3', 'm1', 'm2'].map((id) => ({
    id,
    name: `架空 ${id}`,
    availability: 'oooooooo',
  })),
  conferences: [
    {
      id: 'committee',
      from: 0,
      to: 3,
      closed: [],
      dayCount: 1,
      slots: [
        { at: '09:45', minutes: 45 },
        { at: '10:30', minutes: 45 },
      ],
      members: [{ person: 'm1' }, { person: 'm2' }],
      quorum: 1,
      absent: 2,
      tentative: 1,
      hearings: [
        {
          id: 'hearing/c1',
          unit: 'c1',
          recused: [],
          seats: [{ id: 'director', person: 'director', tentative: 1 }],
          after: [],
          change: 8,
        },
      ],
      change: 100,
    },
  ],
};
const was: Plan = {
  format: 'meguri-plan/1',
  instance: year.name,
  meetings: {
    'site/c1': { start: 0, seats: { lead: 'pd' }, attending: { 'working-group': ['w1', 'w2'] } },
    'pdpo/c1': { start: 4, seats: { lead: 'pd' }, attending: {} },
  },
  assignments: { 'officer/c1': 'po1' },
  panels: { 'working-group/c1': ['w1', 'w2'] },
  conferences: { committee: { day: 3 } },
  hearings: { 'hearing/c1': { day: 3, slot: 0, seats: {} } },
};
const after = (change: (plan: Plan) => void): Plan => {
  const plan = structuredClone(was);
  change(plan);
  return plan;
};
const told = (change: (plan: Plan) => void) => peopleToTell(year, was, after(change));
const said = (change: (plan: Plan) => void) => {
  const plan = after(change);
  return sayRepair(year, differences(year, was, plan), peopleToTell(year, was, plan), {
    'site/c1': { ja: '見本拠点 現地視察', en: 'Site visit to the sample centre' },
    'site/c1 lead': { ja: '主査', en: 'head' },
  });
};

describe('who must be told of a repair', () => {
  it('is nobody where nothing changes', () => {
    expect(told(() => undefined)).toEqual([]);
  });

  it('is everybody at a visit that is moved or goes online', () => {
    const all = ['director', 'pd', 'po1', 'w1', 'w2'];
    expect(told((plan) => void (plan.meetings['site/c1']!.start = 2))).toEqual(all);
    expect(told((plan) => void (plan.meetings['site/c1']!.online = true))).toEqual(all);
    expect(told((plan) => void (plan.meetings['site/c1'] = null))).toEqual(all);
  });

  it('is only those two when one stands in for another', () => {
    expect(told((plan) => void (plan.meetings['site/c1']!.seats['lead'] = 'deputy'))).toEqual(['deputy', 'pd']);
    expect(told((plan) => void (plan.assignments['officer/c1'] = 'po2'))).toEqual(['po1', 'po2']);
  });

  it('is a member who leaves, joins or need not come', () => {
    expect(
      told((plan) => {
        plan.panels['working-group/c1'] = ['w1', 'w3'];
        plan.meetings['site/c1']!.attending['working-group'] = ['w1', 'w3'];
      }),
    ).toEqual(['w2', 'w3']);
    expect(told((plan) => void (plan.meetings['site/c1']!.attending['working-group'] = ['w1']))).toEqual(['w2']);
  });

  it('is those who are heard at another time, and the members of a conference on another day', () => {
    expect(told((plan) => void (plan.hearings['hearing/c1']!.slot = 1))).toEqual(['director']);
    expect(
      told((plan) => {
        plan.conferences['committee'] = { day: 2 };
        plan.hearings['hearing/c1']!.day = 2;
      }),
    ).toEqual(['director', 'm1', 'm2']);
  });
});

describe('of what nobody knows yet', () => {
  it('nobody has to be told, but of everything else that changes with it', () => {
    const to = (plan: Plan) => peopleToTell(year, was, plan, new Set(['site/c1']));
    expect(to(after((plan) => void (plan.meetings['site/c1']!.start = 2)))).toEqual([]);
    const both = after((plan) => {
      plan.meetings['site/c1']!.start = 2;
      plan.hearings['hearing/c1']!.slot = 1;
    });
    expect(to(both)).toEqual(['director']);
  });
});

describe('what is said of a repair', () => {
  it('names the day with its weekday, and how many must be told', () => {
    expect(said((plan) => void (plan.meetings['site/c1']!.start = 2))).toEqual({
      ja: '「見本拠点 現地視察」を7月9日(木)から7月10日(金)に変更します。変更を知らせる人：5名。',
      en: '“Site visit to the sample centre” moves from Thu 9 Jul to Fri 10 Jul. 5 people must be told.',
    });
  });

  it('names who stands in for whom', () => {
    expect(said((plan) => void (plan.meetings['site/c1']!.seats['lead'] = 'deputy'))).toEqual({
      ja: '「見本拠点 現地視察」（主査）は架空 pdさんに代わり架空 deputyさんが務めます。変更を知らせる人：2名。',
      en: '架空 deputy stands in for 架空 pd at “Site visit to the sample centre” (head). 2 people must be told.',
    });
  });

  it('says the other half of the same day, a visit online, a hearing’s time and what stays open', () => {
    expect(said((plan) => void (plan.meetings['pdpo/c1']!.start = 5)).ja).toContain(
      '同じ7月13日(月)の午後に変更します',
    );
    expect(said((plan) => void (plan.meetings['site/c1']!.online = true)).en).toContain('goes online');
    expect(said((plan) => void (plan.hearings['hearing/c1']!.slot = 1)).ja).toContain(
      '7月14日(火)09:45から7月14日(火)10:30に変更します。変更を知らせる人：1名。',
    );
    expect(said((plan) => void (plan.meetings['site/c1'] = null)).en).toContain('stays undecided');
    expect(said((plan) => void (plan.panels['working-group/c1'] = ['w1', 'w3'])).ja).toContain(
      '「working-group/c1」から架空 w2さんが外れ、架空 w3さんが加わります',
    );
  });

  it('says that nothing changes', () => {
    expect(said(() => undefined).ja).toBe('今の計画から変更はありません。');
  });
});

describe('kinds of repairs', () => {
  const kind = (change: (plan: Plan) => void) => [...kindOf(differences(year, was, after(change)))];

  it('are the same to whatever day or person', () => {
    const [friday, monday] = [2, 4].map((start) => kind((plan) => void (plan.meetings['site/c1']!.start = start)));
    expect(friday).toEqual(['site/c1 day']);
    expect(monday).toEqual(friday);
    expect(kind((plan) => void (plan.meetings['site/c1']!.seats['lead'] = 'deputy'))).toEqual(['site/c1 lead person']);
  });

  it('leave panels aside where anything else changes', () => {
    const panel = (plan: Plan) => void (plan.panels['working-group/c1'] = ['w1', 'w3']);
    expect(kind(panel)).toEqual(['working-group/c1 members']);
    expect(
      kind((plan) => {
        panel(plan);
        plan.meetings['pdpo/c1']!.start = 5;
      }),
    ).toEqual(['pdpo/c1 half-day']);
  });

  it('read the same where only who sits in a moved visit differs', () => {
    const moved = after((plan) => void (plan.meetings['site/c1']!.start = 2));
    const movedWithDeputy = after((plan) => {
      plan.meetings['site/c1']!.start = 2;
      plan.meetings['site/c1']!.seats['lead'] = 'deputy';
    });
    const headline = (plan: Plan) => headlineOf(differences(year, was, plan));
    expect(headline(movedWithDeputy)).toEqual(headline(moved));
  });
});
