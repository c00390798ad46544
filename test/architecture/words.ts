const words: readonly [RegExp, string][] = [
  [/\bprocess\./, 'process'],
  [/\bDate\.now\(/, 'Date.now()'],
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/\bDateTime\.(now|utc|local)\(\s*\)/, 'DateTime.now()'],
  [/\bMath\.random\(/, 'Math.random()'],
  [/\brandom(UUID|Bytes|Int)\(/, 'random'],
  [/\bperformance\.now\(/, 'performance.now()'],
  [/\bfetch\(/, 'fetch()'],
  [/\bset(Timeout|Interval|Immediate)\(/, 'a timer'],
  [/\bconsole\./, 'console'],
];

/** Where a source, its comments and strings apart, asks for something that is not among its parameters. */
export function worldlyWordsIn(source: string): string[] {
  const bare = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/(^|\s)\/\/.*$/gm, '');
  return words.filter(([pattern]) => pattern.test(bare)).map(([, name]) => name);
}
