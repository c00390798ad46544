import { startMachinery } from './machinery.ts';

/** A process of its own that sends what is due until it is killed: `<database> <smtp server> <instant>` */
const [url, smtpUrl, at] = process.argv.slice(2);
await startMachinery({ url: url!, at: at!, config: { smtpUrl: smtpUrl!, embeddedMailbox: false } });
process.stdout.write('started\n');
