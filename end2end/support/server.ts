import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { Child } from './child.ts';
import { createDatabase, type Database, type DatabaseKind } from './database.ts';
import { freePorts } from './ports.ts';

const BINARY =
  process.env.CONIFER_BINARY ?? fileURLToPath(new URL('../../target/release/conifer', import.meta.url));

const listening = (console: string, api: string) => ['--console-listen', console, '--api-listen', api];
const ANY = '127.0.0.1:0';

export interface Founder {
  email: string;
  password: string;
  organization: string;
  project: string;
}

export interface ServerOptions {
  database: DatabaseKind;
  /** Made by `conifer bootstrap` before the server starts; without one the set-up link waits. */
  founder: Founder | null;
  signUp: 'open' | 'invited';
  smtpUrl: string;
  /** What else `conifer serve` is told. */
  wishes?: string[];
}

/** A real Conifer on a data directory, a database and ports of its own. */
export class Server {
  private constructor(
    private child: Child,
    private readonly served: string[],
    private readonly database: Database,
    readonly dataDir: string,
    readonly url: string,
    readonly apiUrl: string,
    /** Of a key that may do everything; there is none without a founder. */
    readonly apiKey: string,
  ) {}

  static async start(options: ServerOptions): Promise<Server> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'conifer-browser-'));
    const database = await createDatabase(options.database);
    const state = ['--data', dataDir, ...database.arguments];
    const wishes = ['--sign-up', options.signUp, '--smtp-url', options.smtpUrl, '--index-ports', await freePorts(), ...(options.wishes ?? [])];
    let child: Child | undefined;
    try {
      const apiKey = options.founder ? bootstrap(state, options.founder) : '';
      const served = ['serve', ...state, ...wishes];
      child = serve(served, listening(ANY, ANY));
      const [url, apiUrl] = [await child.printed('Console'), await child.printed('API')];
      return new Server(child, served, database, dataDir, url, apiUrl, apiKey);
    } catch (error) {
      await child?.stop();
      await cleanUp(database, dataDir);
      throw error;
    }
  }

  /** The one-time link that makes the first owner. */
  setUpLink(): Promise<string> {
    return this.child.printed('Set up Conifer once at');
  }

  /** Kills it, and starts another where it was. */
  async crash(): Promise<void> {
    await this.child.kill();
    const [console, api] = [this.url, this.apiUrl].map((url) => new URL(url).host);
    this.child = serve(this.served, listening(console ?? ANY, api ?? ANY));
    await this.child.printed('Console');
  }

  /** The most memory that it had so far, in bytes. */
  memoryPeak(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  }

  get log(): string {
    return this.child.output;
  }

  async stop(): Promise<void> {
    try {
      const code = await this.child.stop();
      if (code !== 0) throw new Error(`conifer ended with ${code}\n${this.log}`);
    } finally {
      await cleanUp(this.database, this.dataDir);
    }
  }
}

function serve(parameters: string[], where: string[]): Child {
  return new Child(BINARY, [...parameters, ...where], { env: environment() });
}

async function cleanUp(database: Database, dataDir: string): Promise<void> {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
}

/** Gives the secret of the key it makes. */
function bootstrap(state: string[], founder: Founder): string {
  const parameters = ['--email', founder.email, '--organization', founder.organization, '--project', founder.project];
  const wishes = ['--password-stdin', '--api-key', 'tests', '--json'];
  const printed = execFileSync(BINARY, ['bootstrap', ...state, ...parameters, ...wishes], {
    input: founder.password,
    env: environment(),
    timeout: 30_000,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return JSON.parse(printed.toString()).api_key;
}

/** No setting of the person who runs the tests may leak into the server under test. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('CONIFER_') && name !== 'DATABASE_URL');
  return Object.fromEntries(kept);
}
