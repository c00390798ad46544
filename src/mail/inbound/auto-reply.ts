import { headerOf, type Header } from './mime-tree.ts';

const subjects =
  /^\s*(自動応答|自動返信|不在通知|automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office)\s*[:：]/i;

/**
 * By what a mail shows that a machine wrote it without being asked (RFC 3834 §5; others from what services write), or null. It is asked
 * only of mails without an answer in a calendar: Google, Fastmail and Nextcloud mark genuine answers as generated, and Exchange puts
 * X-Auto-Response-Suppress on them.
 */
export function autoReplySign(headers: readonly Header[], nullSender: boolean, subject: string): string | null {
  const value = (name: string) => headerOf(headers, name)?.trim().toLowerCase();
  const submitted = value('auto-submitted');
  if (submitted !== undefined && submitted !== '' && !/^no\b/.test(submitted)) return 'Auto-Submitted';
  for (const name of ['X-Autoreply', 'X-Autorespond', 'X-Autoresponse'])
    if (![undefined, 'no'].includes(value(name.toLowerCase()))) return name;
  const precedence = value('precedence') ?? '';
  if (/^auto[-_]?reply$/.test(precedence) || (/^(bulk|junk|list)$/.test(precedence) && nullSender)) return 'Precedence';
  if (/\bvacation\b/.test(value('x-apple-action') ?? '')) return 'X-Apple-Action';
  const suppress = value('x-auto-response-suppress');
  if (suppress !== undefined && suppress !== '') return 'X-Auto-Response-Suppress';
  if (value('list-id') !== undefined) return 'List-Id';
  return subjects.test(subject) ? 'Subject' : null;
}
