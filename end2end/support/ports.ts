import { createServer } from 'node:net';

const LENGTH = 100;
/** Below the ports that systems hand out by themselves. */
const [FIRST, LAST] = [10_000, 20_000 - LENGTH];

/** A range of ports that nobody listens on, for the indexes of one server. */
export async function freePorts(): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const first = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const ports = Array.from({ length: LENGTH }, (_, n) => first + n);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return `${first}-${first + LENGTH - 1}`;
  }
  throw new Error(`no ${LENGTH} free ports in a row`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
