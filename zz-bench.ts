import { readFileSync } from 'node:fs';
import { goldenCases, goldenMail } from './test/invitations/golden-cases.ts';
import { composeInvitationMail } from './src/invitations/mail-text.ts';
const sources: Record<string,string> = {};
for (const k of ['invitation-new','invitation-update','invitation-cancel']) for (const l of ['ja','en']) sources[`${k}/${l}`]=readFileSync(`templates/mail/${k}/${l}.liquid`,'utf8');
for (const c of ['new-ja','new-en-overseas','moved-ja-answered']) {
for (let i=0;i<200;i++) goldenMail(sources, goldenCases[c]!);
const t=performance.now(); for (let i=0;i<1000;i++) goldenMail(sources, goldenCases[c]!); console.log(c, (performance.now()-t)/1000,'ms each');
}
