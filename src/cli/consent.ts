import { text, type Text } from '../kernel/text.ts';
import type { Command } from './command.ts';
import { Interrupted } from './exit-codes.ts';

/** Where a yes is needed and nobody could be asked, that is a fault; read with everything else, before the house is opened. */
export function mayConsent({ given, confirm }: Pick<Command, 'given' | 'confirm'>): void {
  if (given.on('yes') || confirm) return;
  given.fault(
    text('確認できる端末ではないので、--yes が必要です。', 'There is no terminal to ask at: --yes is needed.'),
  );
}

/** @throws Interrupted where the answer is no */
export async function consent({ given, confirm }: Command, question: Text): Promise<void> {
  if (given.on('yes') || (confirm && (await confirm(question)))) return;
  throw new Interrupted(text('何も書き込みませんでした。', 'Nothing was written.'));
}
