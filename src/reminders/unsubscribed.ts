import { refusals } from '../kernel/refusal.ts';

/** Who wants no reminders of a programme by mail */
export interface Unsubscribed {
  readonly programme: string;
  /** `person/<id>`, `office/<id>` */
  readonly subject: string;
  /** Said of a mail that was only rehearsed: it counts in rehearsals, and nobody is passed over in earnest for it */
  readonly rehearsal: boolean;
}

const subjects = /^(person|office)\/[a-z0-9-]{1,80}$/;
export const isReaderSubject = (subject: string): boolean => subjects.test(subject);

const REHEARSED = '/rehearsed';

/** What a link to switch reminders off is about, as links keep it */
export const linkSubjectOf = ({ programme, subject, rehearsal }: Unsubscribed): string =>
  `${programme}/${subject}${rehearsal ? REHEARSED : ''}`;

/** @returns undefined where it is not one of ours */
export function unsubscribedOf(linkSubject: string): Unsubscribed | undefined {
  const rehearsal = linkSubject.endsWith(REHEARSED);
  const [programme = '', ...rest] = (rehearsal ? linkSubject.slice(0, -REHEARSED.length) : linkSubject).split('/');
  const subject = rest.join('/');
  return programme && isReaderSubject(subject) ? { programme, subject, rehearsal } : undefined;
}

/** What is counted: everything while it is rehearsed, else what was said in earnest */
export const counts = ({ rehearsal }: Pick<Unsubscribed, 'rehearsal'>, rehearsing: boolean): boolean =>
  rehearsing || !rehearsal;

export const unsubscribingRefusals = refusals({
  'reminders.not-a-reader': {
    status: 422,
    ja: '催促メールを止める相手は「person/…」「office/…」のいずれかです。',
    en: 'Whose reminders by mail are switched off is one of person/…, office/….',
  },
  'reminders.unknown-reader': {
    status: 404,
    ja: 'その人・窓口は名簿にありません。',
    en: 'There is no such person or office in the roster.',
  },
});
