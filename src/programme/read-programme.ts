import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLError,
} from 'yaml';
import type { Text } from '../kernel/text.ts';
import { sentence, type Complaint, type Fault } from './fault.ts';
import type { Programme } from './programme.ts';
import { referenceFaults } from './reference-faults.ts';
import { reminderFaults } from './reminder-faults.ts';
import { ruleFaults } from './rule-faults.ts';
import { checkSchema } from './schema-faults.ts';

/**
 * Reads a programme file. Every mistake is told at once: of the YAML itself, of the schema, of names that lead nowhere, of values that
 * contradict each other; each with its line and column.
 */
export function readProgramme(yamlText: string, fileName: string): { programme: Programme } | { faults: Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map((error) => yamlFault(error, fileName, lines));
  // a key that stands twice leaves the rest readable; anything else makes what follows a guess
  if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return { faults: broken };
  const loose = unresolved(document, fileName, lines);
  if (loose.length > 0) return { faults: [...broken, ...loose] };
  const data = plain(document);
  if ('error' in data) return { faults: [fault(fileName, 1, 1, '', { path: [], ...data.error })] };
  const checked = checkSchema(data.value);
  const complaints = [
    ...('complaints' in checked ? checked.complaints : []),
    ...referenceFaults(data.value),
    ...ruleFaults(data.value),
    ...reminderFaults(data.value),
  ];
  if (broken.length === 0 && complaints.length === 0 && 'programme' in checked) return { programme: checked.programme };
  const located = complaints.map((complaint) => {
    const { line, col } = lines.linePos(offsetOf(document, complaint));
    return fault(fileName, line, col, pathText(data.value, complaint), complaint);
  });
  return { faults: onceEach([...broken, ...located]) };
}

const fault = (file: string, line: number, column: number, path: string, complaint: Complaint): Fault => ({
  file,
  line,
  column,
  path,
  found: complaint.found,
  expected: complaint.expected,
  text: sentence(file, line, column, path, complaint),
});

/** References (*) to something that nothing above them is called */
function unresolved(document: Document.Parsed, fileName: string, lines: LineCounter): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document)) return;
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      const found = { ja: `参照「*${node.source}」`, en: `the reference "*${node.source}"` };
      const expected = { ja: 'それより前に & で付けた名前', en: 'a name given with & above it' };
      faults.push(fault(fileName, line, col, '', { path: [], found, expected }));
    },
  });
  return faults;
}

function plain(document: Document.Parsed): { value: unknown } | { error: { found: Text; expected: Text } } {
  try {
    return { value: document.toJS() as unknown };
  } catch {
    return {
      error: {
        found: { ja: '展開しきれない参照（*）', en: 'references (*) that unfold without end' },
        expected: { ja: '有限の内容', en: 'a file of finite size' },
      },
    };
  }
}

const yamlProblems: Partial<Record<YAMLError['code'], { found: Text; expected: Text }>> = {
  DUPLICATE_KEY: {
    found: { ja: '2度目の同じ項目', en: 'the same key for the second time' },
    expected: { ja: '同じまとまりの中で重複しない項目', en: 'a key that occurs once in its group' },
  },
  TAB_AS_INDENT: {
    found: { ja: 'タブによる字下げ', en: 'a tab as indentation' },
    expected: { ja: '半角スペースによる字下げ', en: 'spaces' },
  },
  BAD_INDENT: {
    found: { ja: '揃っていない字下げ', en: 'an indentation that fits nothing above it' },
    expected: { ja: '上の行と揃った字下げ', en: 'the indentation of the lines that it belongs to' },
  },
};

function yamlFault(error: YAMLError, fileName: string, lines: LineCounter): Fault {
  const { line, col } = lines.linePos(error.pos[0]);
  const { found, expected } = yamlProblems[error.code] ?? {
    found: { ja: `読み取れない書き方（${error.message}）`, en: `something that cannot be read (${error.message})` },
    expected: { ja: 'YAML 1.2', en: 'YAML 1.2' },
  };
  return fault(fileName, line, col, '', { path: [], found, expected });
}

/** Where in the text a complaint belongs: the key or value itself, or, where it is missing, what it is missing from */
function offsetOf(document: Document.Parsed, { path, atKey }: Complaint): number {
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const step of atKey === undefined ? path : [...path, atKey]) {
    const found = stepInto(document, node, step);
    if (!found) return offset;
    offset = (step === atKey ? found.key : undefined) ?? start(found.value) ?? found.key ?? offset;
    node = found.value;
  }
  return offset;
}

function stepInto(
  document: Document.Parsed,
  from: unknown,
  step: string | number,
): { key?: number | undefined; value: unknown } | undefined {
  const node = isAlias(from) ? from.resolve(document) : from;
  if (isSeq(node)) return typeof step === 'number' && step in node.items ? { value: node.items[step] } : undefined;
  if (!isMap(node)) return undefined;
  // of a key that stands twice the last counts
  const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair && { key: start(pair.key), value: pair.value };
}

const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** `activities.site.seats.director.holder`: items of lists are named by their id where they have one */
function pathText(data: unknown, { path, atKey }: Complaint): string {
  let text = '';
  let value = data;
  for (const step of atKey === undefined ? path : [...path, atKey]) {
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined;
    const id = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['id'] : undefined;
    if (typeof step === 'string') text += text === '' ? step : `.${step}`;
    else text += typeof id === 'string' ? `.${id}` : `[${step}]`;
  }
  return text;
}

/** What a reference (*) repeats is wrong once; in the order of the file */
function onceEach(faults: Fault[]): Fault[] {
  const seen = new Set<string>();
  const first = faults.filter(({ line, column, path, found, expected }) => {
    const key = JSON.stringify([line, column, path.split('.').at(-1), found.en, expected.en]);
    return !seen.has(key) && seen.add(key);
  });
  return first.sort((a, b) => a.line - b.line || a.column - b.column);
}
