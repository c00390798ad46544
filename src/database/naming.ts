import { DefaultNamingStrategy, type NamingStrategyInterface, type Table, type View } from 'typeorm';

/** `answerBy` → `answer_by`, `itip2Uid` → `itip2_uid`, `baseURL` → `base_url` */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();

const plain = (table: Table | View | string): string =>
  (typeof table === 'string' ? table : table.name).split('.').pop()!;

/**
 * Columns in snake_case, and keys with the names that PostgreSQL itself gives, so that `references person` in a migration written
 * by hand and `@ForeignKey` on the entity mean the same constraint.
 */
export class SnakeCaseNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override tableName(className: string, given: string | undefined): string {
    return given ?? snakeCase(className.replace(/Entity$/, ''));
  }

  override columnName(property: string, given: string | undefined, prefixes: string[]): string {
    return [...prefixes.map(snakeCase), given ?? snakeCase(property)].filter(Boolean).join('_');
  }

  override primaryKeyName(table: Table | string): string {
    return short(`${plain(table)}_pkey`);
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return short(`${plain(table)}_${columns.join('_')}_key`);
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return short(`${plain(table)}_${columns.join('_')}_fkey`);
  }

  override indexName(table: Table | View | string, columns: string[]): string {
    return short(`${plain(table)}_${columns.join('_')}_idx`);
  }
}

/** PostgreSQL cuts longer names silently, and then nothing that refers to them by name finds them. */
function short(name: string): string {
  if (Buffer.byteLength(name) > 63) throw new RangeError(`give this key a name of at most 63 bytes: ${name}`);
  return name;
}
