import { text, type Text } from './text.ts';

const always = (ja: string, en: string) => ({ standard: text(ja, en), summer: text(ja, en) });
const seasons = (standard: Text, summer: Text) => ({ standard, summer });
const american = (ja: string, en: string) =>
  seasons(text(`米国${ja}標準時`, `US ${en} Standard Time`), text(`米国${ja}夏時間`, `US ${en} Daylight Time`));
const european = seasons(
  text('中央ヨーロッパ時間', 'Central European Time'),
  text('中央ヨーロッパ夏時間', 'Central European Summer Time'),
);
const australian = seasons(
  text('オーストラリア東部時間', 'Australian Eastern Time'),
  text('オーストラリア東部夏時間', 'Australian Eastern Daylight Time'),
);

/** The names by which people call the zones that occur among members and visitors; others are named by CLDR, or by their offset. */
export const zoneNames: Readonly<Record<string, { readonly standard: Text; readonly summer: Text }>> = {
  'Asia/Tokyo': always('日本時間', 'Japan time'),
  UTC: always('協定世界時', 'UTC'),
  'Europe/London': seasons(text('英国時間', 'UK time'), text('英国夏時間', 'British Summer Time')),
  'Europe/Dublin': seasons(text('アイルランド時間', 'Irish time'), text('アイルランド夏時間', 'Irish Summer Time')),
  ...Object.fromEntries(
    'Amsterdam Belgrade Berlin Brussels Budapest Copenhagen Ljubljana Luxembourg Madrid Oslo Paris Prague Rome Stockholm Vienna Warsaw Zagreb Zurich'
      .split(' ')
      .map((city) => [`Europe/${city}`, european]),
  ),
  'Europe/Helsinki': seasons(
    text('東ヨーロッパ時間', 'Eastern European Time'),
    text('東ヨーロッパ夏時間', 'Eastern European Summer Time'),
  ),
  'Asia/Jerusalem': seasons(text('イスラエル時間', 'Israel time'), text('イスラエル夏時間', 'Israel Daylight Time')),
  'America/New_York': american('東部', 'Eastern'),
  'America/Chicago': american('中部', 'Central'),
  'America/Denver': american('山岳部', 'Mountain'),
  'America/Phoenix': always('米国アリゾナ時間', 'US Arizona time'),
  'America/Los_Angeles': american('太平洋', 'Pacific'),
  'Pacific/Honolulu': always('ハワイ時間', 'Hawaii time'),
  'America/Toronto': seasons(
    text('カナダ東部標準時', 'Canadian Eastern Standard Time'),
    text('カナダ東部夏時間', 'Canadian Eastern Daylight Time'),
  ),
  'America/Vancouver': seasons(
    text('カナダ太平洋標準時', 'Canadian Pacific Standard Time'),
    text('カナダ太平洋夏時間', 'Canadian Pacific Daylight Time'),
  ),
  'Asia/Seoul': always('韓国時間', 'Korea time'),
  'Asia/Shanghai': always('中国時間', 'China time'),
  'Asia/Taipei': always('台湾時間', 'Taiwan time'),
  'Asia/Hong_Kong': always('香港時間', 'Hong Kong time'),
  'Asia/Singapore': always('シンガポール時間', 'Singapore time'),
  'Asia/Kolkata': always('インド時間', 'India time'),
  'Australia/Sydney': australian,
  'Australia/Melbourne': australian,
  'Australia/Brisbane': always('オーストラリア東部時間（ブリスベン）', 'Australian Eastern Time (Brisbane)'),
  'Pacific/Auckland': seasons(
    text('ニュージーランド時間', 'New Zealand time'),
    text('ニュージーランド夏時間', 'New Zealand Daylight Time'),
  ),
};
