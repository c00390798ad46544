import { text } from '../kernel/text.ts';
import { Faults, type InstanceFault } from './fault-list.ts';

/**
 * JSON from the text of a file. What every reader of JSON does differently is a fault here: a key that stands twice in one object.
 * @returns the value, or what is wrong
 */
export function readJson(json: string): { value: unknown } | { faults: InstanceFault[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const why = (error as Error).message.slice(0, 200);
    return { faults: [{ path: '$', text: text(`JSON として読めません（${why}）`, `This is not JSON: ${why}`) }] };
  }
  const faults = new Faults();
  for (const path of keysTwice(json))
    faults.add(path, text('同じキーが二度使われています', 'This key stands there twice'));
  return faults.list.length ? { faults: faults.list } : { value };
}

interface Level {
  /** undefined: a list */
  readonly keys: Set<string> | undefined;
  /** The key or index that is being read */
  at: PropertyKey;
}

/** Paths of keys that stand twice in one object. @param json text that is known to be JSON */
function* keysTwice(json: string): Generator<PropertyKey[]> {
  const levels: Level[] = [];
  let awaitsKey = false;
  for (let i = 0; i < json.length; i++) {
    const character = json.charCodeAt(i);
    const level = levels.at(-1);
    if (character === QUOTE) {
      const end = endOfString(json, i);
      if (awaitsKey && level?.keys) {
        const key = JSON.parse(json.slice(i, end + 1)) as string;
        level.at = key;
        if (level.keys.has(key)) yield levels.map(({ at }) => at);
        level.keys.add(key);
        awaitsKey = false;
      }
      i = end;
    } else if (character === OPEN) {
      levels.push({ keys: new Set(), at: '' });
      awaitsKey = true;
    } else if (character === OPEN_LIST) {
      levels.push({ keys: undefined, at: 0 });
      awaitsKey = false;
    } else if (character === CLOSE || character === CLOSE_LIST) {
      levels.pop();
      awaitsKey = false;
    } else if (character === COMMA && level) {
      if (level.keys) awaitsKey = true;
      else level.at = Number(level.at) + 1;
    }
  }
}

const [QUOTE, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, BACKSLASH] = [34, 123, 125, 91, 93, 44, 92];

function endOfString(json: string, begin: number): number {
  let end = begin + 1;
  while (json.charCodeAt(end) !== QUOTE) end += json.charCodeAt(end) === BACKSLASH ? 2 : 1;
  return end;
}
