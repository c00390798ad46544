/** One line of a calendar (RFC 5545 §3.1) */
export interface ContentLine {
  /** Upper case */
  readonly name: string;
  /** By upper-case name, without quotes; of several values the text between the first quotes and the last */
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: string;
  /** Its writer broke the rules in a way that left only one meaning */
  readonly mended: boolean;
}

/** The lines of one VEVENT, without those of what stands inside it: an alarm has a UID of its own. */
export type Component = readonly ContentLine[];

export interface CalendarText {
  /** Lines of VCALENDAR itself */
  readonly calendar: Component;
  readonly events: readonly Component[];
}

export const MOST_EVENTS = 200;

/**
 * The lines of a calendar, whatever else is wrong with it: zones, alarms and lines that are none are passed over, a missing END is
 * forgiven. Undefined where there is no calendar in the text at all, or more events than anybody sends.
 */
export function calendarText(source: string): CalendarText | undefined {
  const calendar: ContentLine[] = [];
  const events: ContentLine[][] = [];
  const within: string[] = [];
  let begun = false;
  for (const raw of unfolded(source)) {
    const [, opened] = /^BEGIN:\s*([A-Za-z-]+)\s*$/i.exec(raw) ?? [];
    const [, closed] = /^END:\s*([A-Za-z-]+)\s*$/i.exec(raw) ?? [];
    if (opened) {
      const name = opened.toUpperCase();
      begun ||= name === 'VCALENDAR';
      within.push(name);
      if (name === 'VEVENT' && events.push([]) > MOST_EVENTS) return undefined;
    } else if (closed) {
      const at = within.lastIndexOf(closed.toUpperCase());
      if (at !== -1) within.length = at;
    } else {
      const where = within.at(-1);
      const line = where === 'VCALENDAR' || where === 'VEVENT' ? contentLine(raw) : undefined;
      if (line) (where === 'VEVENT' ? events.at(-1)! : calendar).push(line);
    }
  }
  return begun ? { calendar, events } : undefined;
}

const unfolded = (source: string): string[] =>
  source
    .replaceAll('\0', '')
    .replace(/^[\s\uFEFF]+/, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r\n|\n|\r/);

/** Undefined where it is no line of a calendar */
export function contentLine(raw: string): ContentLine | undefined {
  const [, name] = /^([A-Za-z0-9-]{1,100})(?=[;:])/.exec(raw) ?? [];
  if (name === undefined) return undefined;
  const strict = valueAt(raw, name.length);
  // an unquoted colon in a name: `CN=Dr: Who;PARTSTAT=ACCEPTED:mailto:…` has its value after the last one
  const address = /^(ATTENDEE|ORGANIZER)$/i.test(name) ? raw.toLowerCase().lastIndexOf(':mailto:') : -1;
  const mended = address !== -1 && strict !== address;
  const colon = mended ? address : strict;
  if (colon === -1) return undefined;
  return {
    name: name.toUpperCase(),
    parameters: parametersIn(raw.slice(name.length, colon)),
    value: raw.slice(colon + 1),
    mended,
  };
}

/** Where the colon before the value stands: the first that is in no quotes */
function valueAt(raw: string, from: number): number {
  let quoted = false;
  for (let at = from; at < raw.length; at++)
    if (raw[at] === '"') quoted = !quoted;
    else if (raw[at] === ':' && !quoted) return at;
  return -1;
}

function parametersIn(source: string): Record<string, string> {
  const parameters = Object.create(null) as Record<string, string>;
  for (const [, name, value] of source.matchAll(/;([A-Za-z0-9-]+)=((?:"[^"]*"?|[^";])*)/g))
    parameters[name!.toUpperCase()] ??= unquoted(value!);
  return parameters;
}

/** RFC 6868 escapes are undone as well: some write a quotation mark as ^' */
const unquoted = (value: string): string =>
  value
    .trim()
    .replace(/^"|"$/g, '')
    .replace(/\^(n|\^|')/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped === '^' ? '^' : '"'));

/** TEXT without its escapes (RFC 5545 §3.3.11) */
export const textValue = (value: string): string =>
  value.replace(/\\([nN\\;,])/g, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? '\n' : escaped));
