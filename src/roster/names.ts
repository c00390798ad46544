/** Forms of characters that the same name is written with. The first of each group stands for all when names are looked up. */
const variants = [
  '浜濱濵',
  '高髙',
  '崎﨑碕嵜',
  '斎齋斉齊',
  '辺邊邉',
  '沢澤',
  '広廣',
  '国國',
  '島嶋嶌',
  '富冨',
  '桜櫻',
  '吉𠮷',
  '徳德',
  '瀬瀨',
  '黒黑',
  '恵惠',
  '真眞',
  '竜龍',
  '滝瀧',
  '関關',
  '桑桒',
  '柳栁',
  '藤籐',
  '実實',
  '栄榮',
  '蔵藏',
  '静靜',
  '猪豬',
  '館舘',
  '兎兔',
  '鉄鐵',
  '総總',
  '条條',
  '学學',
  '応應',
  '仮假',
  '予豫',
  '円圓',
  '寿壽',
  '与與',
  '万萬',
];
const standing = new Map(
  variants.flatMap((group) => [...group].map((character) => [character, [...group][0]!] as const)),
);

/**
 * A name as it is compared when somebody looks for it: variants of characters (濱, 濵, 浜), half and full width, katakana and
 * hiragana, accents, case and spaces make no difference. Only for searching: people are told apart by their ids.
 */
export function searchKey(name: string): string {
  const plain = [...name]
    .map((character) => standing.get(character) ?? character)
    .join('')
    .normalize('NFKC');
  return [...plain]
    .map((character) => standing.get(character) ?? character)
    .join('')
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCodePoint(kana.codePointAt(0)! - 0x60))
    .replace(/\p{Script=Latin}\p{M}*/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .toLowerCase()
    .replace(/[\s・･=＝.,'’-]/g, '');
}

/** Whether every word that was typed is part of one of the names, in any order: `Taro Kaku`, `kaku taro`, `架空`, `かくう` */
export function nameMatches(names: readonly string[], typed: string): boolean {
  const keys = names.map(searchKey);
  return typed
    .split(/[\s　]+/)
    .map(searchKey)
    .filter((word) => word !== '')
    .every((word) => keys.some((key) => key.includes(word)));
}
