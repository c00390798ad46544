/**
 * What an embedded database gets when there is nothing in it yet. The room that knows the sample programme provides it
 * (`{ provide: FirstRun, useExisting: … }`, exported from its module).
 */
export abstract class FirstRun {
  /**
   * Called at every start on an embedded database, before anybody can open a page. Must leave either everything or nothing behind when it
   * is interrupted.
   *
   * @returns whether it loaded something now
   */
  abstract loadIfEmpty(): Promise<boolean>;
}
