import { DateTime } from 'luxon';
import { calendarText, type Component } from './content-lines.ts';

export const trialAnswers = ['ACCEPTED', 'TENTATIVE', 'DECLINED', 'COUNTER'] as const;
/** A button of a calendar program; COUNTER asks for another time */
export type TrialAnswer = (typeof trialAnswers)[number];

export interface TrialReply {
  /** The VCALENDAR that was received */
  readonly calendar: string;
  /** Message-ID of the mail that it came in, with angle brackets */
  readonly messageId: string;
  readonly answer: TrialAnswer;
  readonly comment: string;
  /** Of a COUNTER: when it should begin, ISO 8601; it lasts as long as before */
  readonly proposedStart?: string;
  /** When the button is pressed, ISO 8601 */
  readonly at: string;
  /** Makes the mail unlike any other */
  readonly nonce: string;
}

/** A mail as a calendar program would send it, and to and from whom */
export interface WrittenReply {
  readonly raw: Buffer;
  readonly from: string;
  readonly to: string;
}

/**
 * The mail that a calendar program sends when somebody presses a button (RFC 5546 §3.2.3, §3.2.7; RFC 6047 §2): what the trial mailbox
 * writes in place of its readers. Undefined where the calendar asks for no answer.
 */
export function writeTrialReply(it: TrialReply): WrittenReply | undefined {
  const read = calendarText(it.calendar);
  const event = read?.events[0];
  const value = (name: string) => event?.find((line) => line.name === name)?.value.trim();
  const attendee = event?.find((line) => line.name === 'ATTENDEE');
  const from = attendee?.value.replace(/^mailto:/i, '');
  const to = value('ORGANIZER')?.replace(/^mailto:/i, '');
  const method = read?.calendar.find((line) => line.name === 'METHOD')?.value;
  if (!event || !attendee || !from || !to || method !== 'REQUEST') return undefined;
  const counter = it.answer === 'COUNTER';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Meguri//Trial mailbox//EN',
    `METHOD:${counter ? 'COUNTER' : 'REPLY'}`,
    'BEGIN:VEVENT',
    `UID:${value('UID')}`,
    `SEQUENCE:${value('SEQUENCE') ?? '0'}`,
    `DTSTAMP:${stamp(it.at)}`,
    ...(counter ? proposedTimes(event, it.proposedStart) : []),
    `ORGANIZER:mailto:${to}`,
    `ATTENDEE;PARTSTAT=${counter ? 'TENTATIVE' : it.answer};CN="${(attendee.parameters['CN'] ?? '').replace(/["\r\n]/g, '')}":mailto:${from}`,
    ...(it.comment ? [`COMMENT:${escaped(it.comment)}`] : []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  return {
    raw: mail(
      it,
      from,
      to,
      (value('SUMMARY') ?? '').slice(0, 40),
      counter ? 'COUNTER' : 'REPLY',
      lines.map((line) => folded(line)).join('\r\n'),
    ),
    from,
    to,
  };
}

const stamp = (at: string): string => DateTime.fromISO(at, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'");

function proposedTimes(event: Component, start: string | undefined): string[] {
  const instant = (name: string) =>
    DateTime.fromFormat(event.find((line) => line.name === name)?.value ?? '', "yyyyMMdd'T'HHmmss'Z'", { zone: 'utc' });
  const from = start ? DateTime.fromISO(start, { zone: 'utc' }) : instant('DTSTART');
  const minutes = instant('DTEND').diff(instant('DTSTART'), 'minutes').minutes || 60;
  return [`DTSTART:${stamp(from.toISO()!)}`, `DTEND:${stamp(from.plus({ minutes }).toISO()!)}`];
}

const escaped = (value: string): string => value.replace(/([\\;,])/g, '\\$1').replace(/\r\n|\r|\n/g, '\\n');

/** RFC 5545 §3.1: 75 octets a line */
function folded(line: string): string {
  let out = '';
  let room = 75;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (octets > room) {
      out += '\r\n ';
      room = 74;
    }
    out += character;
    room -= octets;
  }
  return out;
}

const base64 = (value: string): string => Buffer.from(value).toString('base64').replace(/.{76}/g, '$&\r\n');

const subjects: Readonly<Record<TrialAnswer, string>> = {
  ACCEPTED: '承諾',
  TENTATIVE: '仮承諾',
  DECLINED: '辞退',
  COUNTER: '新しい日時の提案',
};

function mail(it: TrialReply, from: string, to: string, title: string, method: string, calendar: string): Buffer {
  const boundary = `trial-${it.nonce}`;
  return Buffer.from(
    [
      `From: <${from}>`,
      `To: <${to}>`,
      `Subject: =?utf-8?B?${Buffer.from(`${subjects[it.answer]}: ${title}`).toString('base64')}?=`,
      `Date: ${DateTime.fromISO(it.at, { zone: 'utc' }).toRFC2822()}`,
      `Message-ID: <trial-${it.nonce}@mailbox.localhost>`,
      `In-Reply-To: ${it.messageId}`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/alternative; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64(`${subjects[it.answer]}\r\n${it.comment}`),
      `--${boundary}`,
      `Content-Type: text/calendar; charset=utf-8; method=${method}`,
      'Content-Transfer-Encoding: base64',
      '',
      base64(calendar),
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}
