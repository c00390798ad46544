import { DataSource } from 'typeorm';
import { Trail } from '../../audit/audit.service.ts';
import { SignIn } from '../../identity/sign-in.service.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { Staff } from '../../identity/staff.service.ts';
import { staffRoles, type StaffFields, type StaffMember, type StaffRole } from '../../identity/staff.ts';
import { fill, languages, text, type Text } from '../../kernel/text.ts';
import { answer } from '../answer.ts';
import { staffOf } from '../chosen-year.service.ts';
import type { Doing, OpenHouse } from '../command.ts';
import { UsageFaults, type Given } from '../given.ts';
import { tableOf } from '../terminal-text.ts';

const roleNames: Readonly<Record<StaffRole, Text>> = {
  administrator: text('管理者', 'administrator'),
  staff: text('担当者', 'staff'),
  reader: text('閲覧のみ', 'reader'),
};

const list: Doing = async ({ house }) => {
  const members = await (await house()).get(StaffQueries).list();
  return answer(members, (language) =>
    members.length === 0
      ? text('担当者がまだ登録されていません。', 'There is nobody yet.')[language]
      : tableOf(
          language,
          [
            text('メールアドレス', 'Address'),
            text('氏名', 'Name'),
            text('電話', 'Telephone'),
            text('権限', 'Role'),
            text('状態', 'State'),
          ],
          members.map((member) => [
            member.email,
            { ja: member.nameJa, en: member.nameEn },
            member.telephone,
            roleNames[member.role],
            member.active ? '' : text('停止中', 'deactivated'),
          ]),
        ),
  );
};

const accountIn = (given: Given): Omit<StaffFields, 'role'> => ({
  email: given.needed('email'),
  nameJa: given.needed('name-ja'),
  nameEn: given.needed('name-en'),
  telephone: given.text('telephone') ?? '',
  language: given.oneOf('language', languages) ?? 'ja',
});

const nextStep = (email: string): Text =>
  fill(
    text(
      '登録しました。サインイン用のリンク：npx meguri sign-in-link {email}',
      'Added. For a link to sign in: npx meguri sign-in-link {email}',
    ),
    {
      email,
    },
  );

const add: Doing = async ({ given, actor, house }) => {
  const account = accountIn(given);
  const role = given.oneOf('role', staffRoles) ?? 'staff';
  const id = await (await house()).get(Staff).add({ ...account, role }, actor);
  return answer({ id }, (language) => nextStep(account.email)[language]);
};

const firstAdministrator: Doing = async ({ given, actor, house }) => {
  const account = accountIn(given);
  const id = await (await house()).get(Staff).firstAdministrator(account, actor);
  return answer({ id }, (language) => nextStep(account.email)[language]);
};

const switchTo =
  (wish: 'activate' | 'deactivate', said: Text): Doing =>
  async ({ given, actor, house }) => {
    const email = given.word('EMAIL');
    const open = await house();
    const { id } = await staffOf(open, email);
    await open.get(Staff)[wish](id, actor);
    return answer({ id, active: wish === 'activate' }, (language) => said[language]);
  };

const signInLink: Doing = async ({ given, actor, house, tell }) => {
  const email = given.word('EMAIL');
  const open = await house();
  const member = email === '' ? await firstOf(open) : await staffOf(open, email);
  const signIn = open.get(SignIn);
  const token = await open.get(DataSource).transaction(async (tx) => {
    const issued = await signIn.issueLink(tx, member.id);
    await open.get(Trail).record(tx, { actor, verb: 'identity.issue-link', subject: `staff/${member.id}` });
    return issued;
  });
  const link = signIn.addressOf(token);
  // beside the link, so that `open "$(meguri sign-in-link)"` works
  tell(text('15分以内に一度だけ使えます。', 'Works once, within 15 minutes.'));
  return answer({ link, staff: member.id }, () => link);
};

/** Whoever tries the product has one administrator and should not have to look up an address; elsewhere a link is for somebody named. */
async function firstOf(house: OpenHouse): Promise<StaffMember> {
  const members = house.config.embeddedDatabase ? await house.get(StaffQueries).list() : [];
  const administrator = members.find((member) => member.active && member.role === 'administrator');
  if (administrator) return administrator;
  throw new UsageFaults([
    house.config.embeddedDatabase
      ? text(
          '管理者がまだいません。npm start で見本を読み込むか、meguri first-administrator で登録してください。',
          'There is no administrator yet: npm start loads the sample, meguri first-administrator adds one.',
        )
      : text('EMAIL を指定してください。', 'EMAIL is missing.'),
  ]);
}

export const doings: Record<string, Doing> = {
  'staff list': list,
  'staff add': add,
  'staff deactivate': switchTo('deactivate', text('利用を停止しました。', 'Deactivated.')),
  'staff activate': switchTo('activate', text('利用を再開しました。', 'Activated.')),
  'sign-in-link': signInLink,
  'first-administrator': firstAdministrator,
};
