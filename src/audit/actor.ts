/** Who did something: staff by name, somebody with an emailed link, a command at the terminal, or the system by itself. */
export interface Actor {
  readonly kind: 'staff' | 'link' | 'command' | 'system';
  /** Id of the staff member or of the link */
  readonly id?: string;
  /** As it was called at the time: it stays readable after the account is gone */
  readonly name: string;
}

/** @param what did it by itself: a room or a step, `reminders` */
export const systemActor = (what: string): Actor => ({ kind: 'system', name: what });
