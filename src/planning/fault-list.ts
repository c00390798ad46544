import { text, type Text } from '../kernel/text.ts';

/** One thing that is wrong with an instance */
export interface InstanceFault {
  /** `$.meetings[3].seats[0].person` */
  readonly path: string;
  readonly text: Text;
}

/** Nobody reads more than this; how many more there are is said. */
const MOST = 1_000;

export class Faults {
  private readonly found: InstanceFault[] = [];
  private more = 0;

  add(path: readonly PropertyKey[], said: Text): void {
    if (this.found.length < MOST) this.found.push({ path: pathOf(path), text: said });
    else this.more++;
  }

  get list(): InstanceFault[] {
    if (!this.more) return this.found;
    return [...this.found, { path: '$', text: text(`ほかに${this.more}件あります`, `And ${this.more} more`) }];
  }
}

/** RFC 9535: `$.travel["two words"][0]` */
function pathOf(path: readonly PropertyKey[]): string {
  const step = (key: PropertyKey) =>
    typeof key === 'number'
      ? `[${key}]`
      : /^[A-Za-z_]\w*$/.test(String(key))
        ? `.${String(key)}`
        : `[${JSON.stringify(String(key))}]`;
  return `$${path.map(step).join('')}`;
}
