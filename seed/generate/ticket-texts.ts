import type { Ticket } from '#contoso/rules/model';

type Text = Pick<Ticket, 'subject' | 'description'>;

/** What customers write, by category. */
export const ticketTexts: { readonly [Category in Ticket['category']]: readonly Text[] } = {
  billing: [
    {
      subject: 'Charge I do not recognise',
      description: 'There is an extra charge on my latest invoice and I would like to know what it is for.',
    },
    {
      subject: 'Discount is missing',
      description: 'The autopay discount was not taken off this month although autopay is on.',
    },
    {
      subject: 'Payment shown twice',
      description: 'My bank shows two payments for the same invoice. Please check and send one back.',
    },
    {
      subject: 'Question about the due date',
      description: 'I am paid at the end of the month. Can the due date of my invoices be moved?',
    },
  ],
  technical: [
    {
      subject: 'Connection drops in the evening',
      description:
        'From about eight in the evening the internet stops for minutes at a time. The router was restarted.',
    },
    {
      subject: 'Speed is far below the plan',
      description: 'By cable I get a fraction of the speed I pay for. Three tests are attached.',
    },
    {
      subject: 'Router does not come online',
      description: 'After the power cut the light of the router stays orange.',
    },
    {
      subject: 'No mobile data',
      description: 'Calls work but mobile data does not, also after a restart of the phone.',
    },
  ],
  account: [
    {
      subject: 'New postal address',
      description: 'We have moved. Please send letters to the new address from next week.',
    },
    { subject: 'Cannot sign in', description: 'The link for a new password never arrives in my mailbox.' },
    {
      subject: 'Add a second user',
      description: 'I would like my partner to be able to see invoices and usage.',
    },
    { subject: 'Change of name', description: 'My family name has changed. Which document do you need?' },
  ],
  call_drop: [
    {
      subject: 'Calls end after a minute',
      description: 'Most calls break off after about one minute, both at home and outside.',
    },
    {
      subject: 'Dropped calls on the way to work',
      description: 'Calls always break off on the same stretch of the motorway.',
    },
    {
      subject: 'Calls break off indoors',
      description: 'In the kitchen and the cellar no call lasts; outside everything is fine.',
    },
  ],
  sms_issue: [
    {
      subject: 'Texts are not delivered',
      description: 'Friends say that my text messages do not arrive since the weekend.',
    },
    {
      subject: 'No verification codes',
      description: 'Codes from my bank do not reach me. Other messages do.',
    },
    {
      subject: 'Messages arrive late',
      description: 'Text messages come in hours late and then all at once.',
    },
  ],
};
