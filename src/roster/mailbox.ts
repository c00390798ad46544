import { addressFault, sameAddress } from '../mail/address.ts';
import { addressFaultText } from '../mail/message.ts';
import { Line, says } from './cells.ts';

/** As an address is kept and compared: half-width, small letters. What is no address stays as it was typed, to be shown again. */
export function readAddress(value: string): string {
  const plain = value.normalize('NFKC').trim();
  return addressFault(plain) ? plain : sameAddress(plain);
}

/** What is wrong with the address of one mailbox, as a validator's message */
export function addressSaid(value: string): string | undefined {
  const fault = addressFault(value);
  if (!fault) return undefined;
  const shown = value.replaceAll('|', '').slice(0, 60);
  const why = addressFaultText[fault];
  return says(
    `「${shown}」は使えません：${why.ja}。例 taro@example.org`,
    `“${shown}” cannot be used: ${why.en}. Such as taro@example.org`,
  );
}

/** One mailbox; null where the cell is empty */
export const OptionalAddress = Line.transform(readAddress)
  .superRefine((value, context) => {
    const message = value === '' ? undefined : addressSaid(value);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .transform((value) => value || null);
