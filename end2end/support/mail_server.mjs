// An SMTP server of its own process: keeps every mail as a file in the directory it is given.
import { writeFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';

const directory = process.argv[2];
let count = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => keep(session, Buffer.concat(chunks)).then(() => done(), done));
  },
});

async function keep({ envelope }, raw) {
  const name = String(count++).padStart(4, '0');
  const mail = { to: envelope.rcptTo.map(({ address }) => address), raw: raw.toString('base64') };
  const half = path.join(directory, `${name}.part`);
  await writeFile(half, JSON.stringify(mail));
  await rename(half, path.join(directory, `${name}.json`));
}

server.listen(0, '127.0.0.1', () => console.log(`SMTP: smtp://127.0.0.1:${server.server.address().port}`));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
