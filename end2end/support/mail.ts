import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { Child } from './child.ts';

const DELIVERY_TIMEOUT_MS = 15_000;

export interface Mail {
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
}

/** The post: a real SMTP server that Conifer sends to, and where tests look for what arrived. */
export class PostOffice {
  private constructor(
    private readonly child: Child,
    private readonly directory: string,
    readonly url: string,
  ) {}

  static async open(): Promise<PostOffice> {
    const directory = await mkdtemp(path.join(tmpdir(), 'conifer-post-'));
    const program = fileURLToPath(new URL('mail_server.mjs', import.meta.url));
    const child = new Child(process.execPath, [program, directory]);
    return new PostOffice(child, directory, await child.printed('SMTP'));
  }

  /** Everything that arrived for an address, oldest first. */
  async received(address: string): Promise<Mail[]> {
    const names = (await readdir(this.directory)).filter((name) => name.endsWith('.json')).sort();
    const mails = await Promise.all(names.map((name) => read(path.join(this.directory, name))));
    return mails.filter((mail) => mail.to.includes(address));
  }

  /** Waits for the mail to an address whose subject says this. */
  async arrival(address: string, subject: RegExp): Promise<Mail> {
    const deadline = Date.now() + DELIVERY_TIMEOUT_MS;
    for (;;) {
      const mails = await this.received(address);
      const mail = mails.findLast((mail) => subject.test(mail.subject));
      if (mail) return mail;
      if (Date.now() > deadline) {
        throw new Error(`no mail ${subject} for ${address}, only ${JSON.stringify(mails.map((mail) => mail.subject))}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async close(): Promise<void> {
    await this.child.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The one link that a mail asks to follow; the text and the HTML must give the same. */
export function linkIn(mail: Mail): string {
  const inText = /https?:\/\/\S+[?&]token=[\w.~-]+/.exec(mail.text)?.[0];
  const inHtml = /href="(https?:\/\/[^"]+[?&]token=[^"]+)"/.exec(mail.html)?.[1]?.replaceAll('&amp;', '&');
  if (!inText || inText !== inHtml) throw new Error(`links differ or are missing: ${inText} and ${inHtml}`);
  return inText;
}

async function read(file: string): Promise<Mail> {
  const { to, raw } = JSON.parse(await readFile(file, 'utf8')) as { to: string[]; raw: string };
  const parsed = await PostalMime.parse(Buffer.from(raw, 'base64'));
  return {
    to,
    from: parsed.from?.address ?? '',
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html ?? '',
  };
}
