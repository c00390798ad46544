/** The two languages of the house. Everything that a person reads exists in both. */
export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** One thing said in both languages. */
export interface Text {
  readonly ja: string;
  readonly en: string;
}

export const text = (ja: string, en: string): Text => ({ ja, en });

/** `{name}` in either language is replaced by the value of that name; an unknown name stays as it is, so that a mistake is seen. */
export function fill(pattern: Text, values: Readonly<Record<string, string | number | Text>>): Text {
  const inLanguage = (language: Language) =>
    pattern[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      if (!Object.hasOwn(values, name)) return whole;
      const value = values[name]!;
      return typeof value === 'object' ? value[language] : String(value);
    });
  return { ja: inLanguage('ja'), en: inLanguage('en') };
}

export const joinTexts = (texts: readonly Text[], ja = '、', en = ', '): Text => ({
  ja: texts.map((t) => t.ja).join(ja),
  en: texts.map((t) => t.en).join(en),
});
