import { firstDayOf, lastDayOf, type FiscalYear } from '../../kernel/fiscal-year.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import type { Roster } from '../../roster/roster.ts';
import type { TodayInput } from './today-task.ts';
import { addressIn } from './year-address.ts';

/** The shape that `parts/steps` shows */
export interface Step {
  readonly label: Text;
  readonly state: 'done' | 'current' | 'todo';
  readonly under: Text;
  readonly href: string;
}

interface Stage extends Omit<Step, 'state'> {
  readonly done: boolean;
}

/** Where the year is, and what needs doing next: the first stage that is not done is the current one. */
export function stepsOf(input: TodayInput): Step[] {
  const { cycle, meetings } = input.year;
  const stages: Stage[] = [
    {
      label: text('年度の作成', 'Set up'),
      done: meetings.length > 0,
      under: fill(text('会議{n}件', '{n} meetings'), { n: meetings.length }),
      href: addressIn(cycle, 'year-board'),
    },
    availability(input),
    planned(input),
    published(input),
    released(input),
    answered(input),
  ];
  const current = stages.findIndex((stage) => !stage.done);
  return stages.map(({ done, ...stage }, index) => ({
    ...stage,
    state: done ? 'done' : index === current ? 'current' : 'todo',
  }));
}

const live = ({ year }: TodayInput) => year.meetings.filter(({ meeting }) => meeting.state !== 'cancelled');
const dated = (input: TodayInput) => live(input).filter(({ meeting }) => meeting.state === 'scheduled');
/** What the planner places, and among it what has a day */
const placed = (input: TodayInput) => {
  const own = live(input).filter(({ meeting }) => meetingActivityOf(input.year.cycle.rules, meeting.activity)?.planned);
  return { all: own.length, dated: own.filter(({ meeting }) => meeting.state === 'scheduled').length };
};

/** A year whose days are set needs no more availability, whoever has not answered. */
function availability(input: TodayInput): Stage {
  const { answered, asked } = input.availability;
  const { all, dated } = placed(input);
  return {
    label: text('日程回答', 'Availability'),
    done: answered >= asked || (all > 0 && dated === all),
    under: fill(text('{asked}名中{answered}名が回答', '{answered} of {asked} people'), { answered, asked }),
    href: addressIn(input.year.cycle, 'availability'),
  };
}

function planned(input: TodayInput): Stage {
  const { plan } = input;
  const { all, dated } = placed(input);
  const words: Readonly<Record<string, Text>> = {
    waiting: text('計算待ち', 'Waiting'),
    running: text('計算中', 'Being computed'),
    ready: text('計画あり', 'Ready'),
    failed: text('計算に失敗', 'Failed'),
    published: text('計画あり', 'Ready'),
  };
  return {
    label: text('計画', 'Plan'),
    done: plan?.state === 'ready' || plan?.state === 'published' || (all > 0 && dated === all),
    under: plan ? (words[plan.state] ?? text('計画なし', 'No plan yet')) : text('計画なし', 'No plan yet'),
    href: addressIn(input.year.cycle, 'plan'),
  };
}

function published(input: TodayInput): Stage {
  const { all, dated } = placed(input);
  const undated = live(input).filter(({ meeting }) => meeting.state === 'undated').length;
  return {
    label: text('公開', 'Publish'),
    done: all === dated,
    under:
      undated === 0
        ? text('すべて日程確定', 'Every day is fixed')
        : fill(text('日程未定{undated}件', '{undated} without a day'), { undated }),
    href: addressIn(input.year.cycle, all === dated ? 'year-board' : 'plan'),
  };
}

function released(input: TodayInput): Stage {
  const { pending } = input;
  const nobodyKnows = dated(input).every(({ standing }) => standing.told === 0);
  return {
    label: text('送信', 'Release'),
    done: pending.count === 0 && pending.hindrance === null && !nobodyKnows,
    under:
      pending.count > 0
        ? fill(text('送信待ち{n}通', '{n} waiting'), { n: pending.count })
        : nobodyKnows
          ? text('まだ送信していません', 'Nothing sent yet')
          : text('すべて送信済み', 'Everything sent'),
    href: addressIn(input.year.cycle, 'release'),
  };
}

function answered(input: TodayInput): Stage {
  const all = dated(input);
  const asked = all.reduce((sum, { standing }) => sum + standing.asked, 0);
  const done = all.reduce((sum, { standing }) => sum + standing.answered, 0);
  return {
    label: text('回答', 'Answers'),
    done: asked > 0 && done === asked,
    under: fill(text('{asked}件中{done}件', '{done} of {asked}'), { asked, done }),
    href: addressIn(input.year.cycle, 'year-board'),
  };
}

/** Whose days the year is planned by: everybody who holds a post in it */
export function askedForDays(roster: Roster, fiscalYear: FiscalYear): string[] {
  const [first, last] = [firstDayOf(fiscalYear), lastDayOf(fiscalYear)];
  const terms = roster.terms.filter((term) => term.from <= last && (term.to === null || term.to >= first));
  return [...new Set(terms.map((term) => term.person))];
}
