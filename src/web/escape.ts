const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For HTML and SVG text and for attribute values in quotes */
export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (character) => entities[character]!);
