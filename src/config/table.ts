import type { Language } from '../kernel/text.ts';
import { schema, variables, type VariableName } from './variables.ts';

const headings = {
  ja: ['変数', '意味', '値', '設定しないとき'],
  en: ['Variable', 'What it is', 'Value', 'Unset'],
} as const;

/** The configuration as a Markdown table, as it stands in the README. */
export function configurationTable(language: Language): string {
  const rows = (Object.keys(schema.shape) as VariableName[]).map((name) => {
    const { meaning, expects, default: unset } = variables.get(schema.shape[name])!;
    return [`\`${name}\``, meaning[language], expects[language], unset[language]];
  });
  return [headings[language], headings[language].map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
