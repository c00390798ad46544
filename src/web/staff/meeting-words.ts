import { text, type Text } from '../../kernel/text.ts';
import type { MeetingState, Mode, Side } from '../../meetings/meeting.ts';
import type { Answered } from '../../milestones/answered.ts';
import type { MilestoneState, OwedBy } from '../../milestones/milestone.ts';
import type { Answer, Channel } from '../../responses/answer.ts';

export const channelNames: Readonly<Record<Channel, Text>> = {
  link: text('本人のリンク', 'own link'),
  'office-link': text('窓口のリンク', 'office’s link'),
  calendar: text('カレンダー', 'calendar'),
  staff: text('事務局が記入', 'entered by staff'),
  import: text('取り込み', 'import'),
};

export const sideNames: Readonly<Record<Side, Text>> = {
  visiting: text('訪問側・委員会', 'Visiting side and committee'),
  centre: text('拠点側', 'Centre’s side'),
};

export const modeNames: Readonly<Record<Mode, Text>> = {
  'on-site': text('対面', 'On site'),
  online: text('オンライン', 'Online'),
  hybrid: text('対面・オンライン併用', 'On site and online'),
};

export const meetingStateNames: Readonly<Record<MeetingState, Text>> = {
  undated: text('日程未定', 'no day yet'),
  scheduled: text('日程確定', 'date fixed'),
  cancelled: text('中止', 'cancelled'),
};

export const owedByNames: Readonly<Record<OwedBy, Text>> = {
  centre: text('拠点', 'Centre'),
  officer: text('PO', 'Programme officer'),
  committee: text('プログラム委員会', 'Committee'),
  secretariat: text('事務局', 'Secretariat'),
};

export interface MilestoneWords {
  /** Undefined: as `parts/state` says it */
  readonly state: Text | undefined;
  readonly settle: Text;
  readonly settled: Text;
}

/** A report is handed in; what the secretariat itself has to do is done. */
export function milestoneWords(milestone: {
  owedBy: OwedBy;
  state: MilestoneState;
  answered?: Answered | undefined;
}): MilestoneWords {
  const { owedBy, state, answered } = milestone;
  const waits = answered && !answered.closed ? text('回答待ち', 'Answers awaited') : undefined;
  if (owedBy !== 'secretariat')
    return {
      state: waits,
      settle: text('提出済みにする', 'Mark as submitted'),
      settled: text('提出済み', 'submitted'),
    };
  const words: Readonly<Record<MilestoneState, Text>> = {
    open: text('未了', 'To do'),
    submitted: text('済み', 'Done'),
    waived: text('不要', 'Not needed'),
  };
  return { state: words[state], settle: text('済みにする', 'Mark as done'), settled: text('済み', 'done') };
}

type Parts = Pick<Answer, 'lateFrom' | 'leavingAt' | 'proxyName' | 'proxyTitle' | 'accompanying' | 'remarks'>;

/** What belongs to an answer beside the word itself, a line each */
export function detailsOf(answer: Parts): Text[] {
  const { lateFrom, leavingAt, proxyName, proxyTitle, accompanying, remarks } = answer;
  const proxy = [proxyTitle, proxyName].filter(Boolean).join(' ');
  return [
    lateFrom ? text(`${lateFrom} 到着`, `arrives ${lateFrom}`) : undefined,
    leavingAt ? text(`${leavingAt} 退席`, `leaves ${leavingAt}`) : undefined,
    proxy ? text(`代理：${proxy}`, `represented by ${proxy}`) : undefined,
    accompanying.length > 0
      ? text(`同席${accompanying.length}名：${accompanying.join('、')}`, `with ${accompanying.join(', ')}`)
      : undefined,
    remarks ? text(`備考：${remarks}`, `Remarks: ${remarks}`) : undefined,
  ].filter((detail) => detail !== undefined);
}
