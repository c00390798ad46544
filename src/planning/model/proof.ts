import type { Found } from '../search/anneal.ts';

/** What a proof asks of whoever runs it, and tells them */
export interface ProofHooks {
  /** Seconds that are left */
  readonly seconds: () => number;
  readonly onBound: (bound: number) => void;
  readonly onPlan: (found: Found) => void;
  /** The first plan of the search */
  readonly first: Found;
  /** The best plan of the search, once it has looked long enough */
  readonly searched: () => Promise<Found>;
}

export interface Proof {
  /** infeasible: no plan keeps the locks */
  readonly outcome: 'proven' | 'open' | 'infeasible';
  readonly best: Found;
  readonly bound: number;
}
