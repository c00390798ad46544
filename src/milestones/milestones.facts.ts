import { fact } from '../jobs/fact.ts';

/** It was handed in, waived, opened again or got another day */
export const milestoneChanged = fact<{ milestoneId: string }>('MilestoneChanged');
