import type { Text } from '../../kernel/text.ts';

export const noticeKinds = ['bad', 'warn', 'info'] as const;

export interface Notice {
  readonly kind: (typeof noticeKinds)[number];
  readonly words: Text;
  /** Line by line, where it is about several */
  readonly lines: readonly Text[];
}

export const notice = (kind: Notice['kind'], words: Text, lines: readonly Text[] = []): Notice => ({
  kind,
  words,
  lines,
});
