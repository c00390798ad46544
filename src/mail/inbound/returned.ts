/** What came back about a mail after the next server had taken it */
export type Returned = 'delayed' | 'undeliverable' | 'mailbox-full' | 'our-problem' | 'complaint';
