import { dateLong } from '../kernel/calendar-date.ts';
import { oneLine } from '../kernel/plain-text.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { dayInZone, localTime, millisOf, momentIn, type Instant } from '../kernel/zoned-time.ts';
import type { StaffInCharge } from '../invitations/invitation.ts';
import { addressee, officeAddressee, styled, type Letterhead } from '../invitations/letter-parts.ts';
import { answerByRow, mainRows, rowOf, said, staffLine, type Row } from '../invitations/particulars.ts';
import { renderMail, sourceOf, type MailSources, type RenderedMail } from '../mail/mail-template.ts';
import type { AnswerOwed, Matter, Recipient } from './matter.ts';

export interface ReminderMailInput {
  readonly to: Recipient;
  /** Not empty; in the order in which they are read */
  readonly matters: readonly Matter[];
  readonly letterhead: Letterhead;
  readonly staffInCharge: StaffInCharge;
  /** The programme's zone, in which due times are said first */
  readonly zone: string;
  readonly now: Instant;
  /** Page on which a person answers of a meeting */
  readonly answerUrls: ReadonlyMap<string, string>;
  /** The page of the office, or the page "today"; empty where there is none */
  readonly link: string;
}

const labels = {
  due: text('期限', 'Due'),
  people: text('ご回答待ちの方', 'Still to answer'),
  unanswered: text('未回答', 'Not answered'),
  owedBy: text('提出・担当', 'Owed by'),
  elsewhere: text('ご在住地では', 'In your time zone:'),
} satisfies Record<string, Text>;
const secretariat = text('事務局', 'the secretariat');

/** A reminder says what is still wanted and carries no calendar: a request would ask again (itip B11). */
export function composeReminder(sources: MailSources, input: ReminderMailInput): RenderedMail & { kind: string } {
  const { to, letterhead } = input;
  const { language } = to;
  const matters = input.matters.toSorted((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
  const items = to.kind === 'person' ? matters.map((matter) => itemOf(matter, input)) : itemsTogether(matters, input);
  const due = matters.flatMap((matter) => matter.due ?? [])[0];
  const answers = matters.filter((matter) => matter.about.kind === 'answer');
  const data = {
    addressee: to.kind === 'office' ? officeAddressee(to.name, language) : addressee(to, language),
    name: styled(to, language),
    secretary: to.secretary,
    programme: oneLine(letterhead.programme[language]),
    secretariat: oneLine(letterhead.secretariat[language]),
    staff: staffLine(letterhead.secretariat, input.staffInCharge, language),
    title: items[0]!.title,
    others: items.length - 1,
    items,
    item_count: items.length,
    answers: answers.length > 0,
    deadlines: answers.length < matters.length,
    people_count: new Set(answers.map((matter) => matter.who)).size,
    deadline_count: matters.length - answers.length,
    day: due === undefined ? '' : dateLong(dayInZone(due, input.zone))[language],
    past: due !== undefined && millisOf(due) <= millisOf(input.now),
    link: input.link,
  };
  const kind = `reminder-${to.kind}`;
  return { kind, ...renderMail(sourceOf(sources, kind, language), language, data) };
}

interface Item {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly link: string;
}

/** What one person is asked for themselves */
function itemOf({ about, due }: Matter, input: ReminderMailInput): Item {
  const { language } = input.to;
  if (about.kind === 'milestone') {
    const title = oneLine(about.milestone.title[language], 120);
    return { title, rows: said([rowOf(labels.due[language], ...dueLines(due, input))]), link: '' };
  }
  const facts = { ...about.facts, readerZone: input.to.zone };
  const rows = [...mainRows(facts, language), ...answerByRow(facts, language)];
  return {
    title: oneLine(about.facts.title[language], 120),
    rows,
    link: input.answerUrls.get(about.meeting.id) ?? '',
  };
}

/** For an office or for staff: the people of one meeting together */
function itemsTogether(matters: readonly Matter[], input: ReminderMailInput): Item[] {
  const { language } = input.to;
  const groups = Map.groupBy(matters, ({ about, key }) => (about.kind === 'answer' ? about.meeting.id : key));
  return [...groups.values()].map((group): Item => {
    const [first] = group;
    if (first!.about.kind === 'milestone') {
      const { milestone, office, person } = first!.about;
      const owner = office?.name ?? person?.name ?? secretariat;
      const rows = [
        rowOf(labels.due[language], ...dueLines(first!.due, input)),
        ...(input.to.kind === 'staff' ? [rowOf(labels.owedBy[language], oneLine(owner[language], 120))] : []),
      ];
      return { title: oneLine(milestone.title[language], 120), rows: said(rows), link: '' };
    }
    const answers = group.flatMap(({ about }) => (about.kind === 'answer' ? [about] : []));
    const facts = { ...answers[0]!.facts, readerZone: input.to.zone };
    const label = input.to.kind === 'staff' ? labels.unanswered : labels.people;
    return {
      title: oneLine(facts.title[language], 120),
      rows: said([
        ...mainRows(facts, language).slice(1, 2),
        rowOf(label[language], ...group.flatMap((one) => personLine(one, input.to.kind === 'staff', language))),
        ...answerByRow(facts, language),
      ]),
      link: '',
    };
  });
}

/** 見本大学長 例題 望 様；to staff with whom to call: （電話 03-…、窓口 03-…） */
function personLine({ about, readers }: Matter, toStaff: boolean, language: Language): string[] {
  if (about.kind !== 'answer') return [];
  const { person, post, office } = about;
  const named = { name: person.name, honorific: person.honorific };
  const who = [oneLine(post[language], 120), styled(named, language)].filter(Boolean);
  const name = language === 'ja' ? who.join(' ') : who.toReversed().join(', ');
  if (!toStaff) return [name];
  const notes = [
    ...(readers.person?.unsubscribed ? [noMails[language]] : []),
    ...telephonesOf(person, office).map(({ of, number }) => `${of[language]} ${number}`),
  ];
  if (notes.length === 0) return [name];
  return [language === 'ja' ? `${name}（${notes.join('、')}）` : `${name} (${notes.join(', ')})`];
}

const noMails = text('催促メールを希望せず', 'wants no reminders by mail');
const ownNumber = text('電話', 'tel.');
const officeNumber = text('窓口', 'office');

/** Under which numbers somebody can be asked: their own, then that of the office that answers for them */
export function telephonesOf(
  person: AnswerOwed['person'] | undefined,
  office: AnswerOwed['office'],
): { readonly of: Text; readonly number: string }[] {
  return [
    ...(person?.telephone ? [{ of: ownNumber, number: oneLine(person.telephone, 60) }] : []),
    ...(office?.telephone ? [{ of: officeNumber, number: oneLine(office.telephone, 60) }] : []),
  ];
}

/** With weekday and zone; then on the reader's clock, where it shows another time */
function dueLines(due: Instant | null, { zone, to }: ReminderMailInput): string[] {
  if (due === null) return [];
  const { language } = to;
  const differs = localTime(due, zone).offset !== localTime(due, to.zone).offset;
  if (!differs) return [momentIn(due, zone)[language]];
  return [
    momentIn(due, zone, { offset: true })[language],
    `${labels.elsewhere[language]} ${momentIn(due, to.zone, { offset: true })[language]}`,
  ];
}
