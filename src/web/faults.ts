import { text, type Text } from '../kernel/text.ts';

/** What is wrong with a form, by the name of the field; shown at the field and in a summary at the top (WCAG 2.2, 3.3.1). */
export type Faults = Readonly<Record<string, Text>>;

export const hasFaults = (faults: Faults): boolean => Object.keys(faults).length > 0;

/** What zod and every other Standard Schema validator reports; only these parts are read. */
interface Issue {
  readonly path?: readonly PropertyKey[] | undefined;
  readonly message: string;
  readonly code?: string | undefined;
  /** Of `too_small`: what was too small; an empty text is a field that was not filled in */
  readonly origin?: string | undefined;
}

const unclear = text('入力内容を確認してください。', 'Please check this entry.');
const missing = text('入力してください。', 'Please fill this in.');

/**
 * One sentence per field from a validator's issues. A schema says its own sentence as a message `日本語 | English`; without one
 * the reader is told to check or to fill in the field.
 *
 * @param sentences what to say for a field instead
 */
export function faultsOf(issues: readonly Issue[], sentences: Readonly<Record<string, Text>> = {}): Faults {
  const faults: Record<string, Text> = {};
  for (const issue of issues) {
    const field = (issue.path ?? []).map(String).join('.') || 'form';
    faults[field] ??= sentences[field] ?? sentenceIn(issue);
  }
  return faults;
}

function sentenceIn(issue: Issue): Text {
  const [ja, en, ...rest] = issue.message.split(' | ');
  if (ja && en && !rest.length) return text(ja, en);
  const empty = issue.code === 'invalid_type' || (issue.code === 'too_small' && issue.origin === 'string');
  return empty ? missing : unclear;
}
