import { exceptions, impure, privateSuffixes, pureCoreModules, purePackages, suffixes, type Room } from './rooms.ts';

/** A rule as dependency-cruiser takes it (its `forbidden`). */
export interface Rule {
  readonly name: string;
  readonly severity: 'error';
  readonly from: object;
  readonly to: object;
}

const any = (names: readonly string[]): string => `(${names.map(literal).join('|')})`;
const literal = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const rule = (name: string, from: object, to: object): Rule => ({ name, severity: 'error', from, to });

/** Bare: one dot in the name */
const bare = String.raw`^src/.*/[^/.]+\.ts$`;
const suffixed = String.raw`^src/.*/[^/.]+\.(?!facts\b)${any(suffixes)}\.ts$`;

export function rulesOf(rooms: Readonly<Record<string, Room>>): Rule[] {
  return [
    ...Object.entries(rooms).map(([name, room]) => downstairs(name, room, rooms)),
    rule('no cycle', {}, { circular: true }),
    rule('everything imported exists', {}, { couldNotResolve: true }),
    ...privateSuffixes.map(isPrivate),
    ...bareIsPure(),
    // a migration stays as it was when it ran, whatever becomes of the rooms
    rule('migrations stand alone', { path: '^migrations/' }, { path: '^src/' }),
  ];
}

/** Every import to another room leads to a lower floor, or beside as the map says. */
function downstairs(name: string, room: Room, rooms: Readonly<Record<string, Room>>): Rule {
  const below = Object.keys(rooms).filter((other) => rooms[other]!.floor < room.floor);
  const reachable = [name, ...below, ...(room.beside ?? [])].map((other) => `^src/${other}/`);
  // the one list of entities and migrations, and the house that opens its doors
  if (name === 'database') reachable.push('^ormconfig\\.ts$');
  if (name === 'start') reachable.push('^src/app\\.module\\.ts$');
  return rule(
    `${name} imports downstairs`,
    { path: `^src/${name}/` },
    { path: '^(src|migrations|test|bench)/|^ormconfig', pathNot: reachable.join('|') },
  );
}

const isPrivate = (suffix: string): Rule =>
  rule(
    `a ${suffix} is private to its room`,
    { path: '^src/([^/]+)/' },
    { path: String.raw`^src/.*\.${suffix}\.ts$`, pathNot: '^src/$1/' },
  );

function bareIsPure(): Rule[] {
  const from = { path: bare, pathNot: any([...exceptions, ...Object.keys(impure)]) };
  const packages = `node_modules/${any(purePackages)}(/|$)`;
  return [
    rule('a bare file uses pure packages', from, {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['type-only'],
      pathNot: packages,
    }),
    rule('a bare file uses pure parts of Node', from, {
      dependencyTypes: ['core'],
      dependencyTypesNot: ['type-only'],
      pathNot: `^(node:)?${any(pureCoreModules)}$`,
    }),
    rule('a bare file imports bare files', from, { path: suffixed, dependencyTypesNot: ['type-only'] }),
  ];
}
