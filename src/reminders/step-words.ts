import { text, type Text } from '../kernel/text.ts';
import type { Programme, ReminderRung, ReminderStep } from '../programme/programme.ts';
import { offsetText } from '../programme/phrases.ts';

export const rungNames: Readonly<Record<ReminderRung, Text>> = {
  person: text('本人', 'the person'),
  office: text('窓口', 'their office'),
  staff: text('担当者', 'staff in charge'),
  'telephone-list': text('電話リスト', 'telephone list'),
};

/** 期限の14日前 · 14 days before it is due; 会合の3営業日前 · 3 working days before the meeting */
export function stepText(programme: Programme, { offset }: Pick<ReminderStep, 'offset'>): Text {
  const said = offsetText(programme, offset);
  const ofMeeting = (offset.before ?? offset.after) === 'meeting';
  const none = (offset.days ?? offset.weeks ?? offset.workingDays) === 0;
  if (ofMeeting) return text(`会合の${said.ja}`, `${said.en}${none ? ' of' : ''} the meeting`);
  return text(`期限の${said.ja}`, none ? 'on the day it is due' : `${said.en} it is due`);
}
