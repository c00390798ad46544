import type { Found } from '../search/anneal.ts';
import type { ProofHooks } from '../model/proof.ts';

/** What a proof that takes a year apart asks of whoever runs it */
export interface ApartHooks extends ProofHooks {
  /** Between two steps: lets messages of other threads in */
  readonly pause: () => Promise<void>;
  /** The best plan that others have found so far */
  readonly known: () => Found | undefined;
}
