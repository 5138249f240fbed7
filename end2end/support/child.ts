import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/** A program of ours that runs beside a test, is watched by what it prints and stopped by its own pid. */
export class Child {
  /** Everything it printed. */
  output = '';
  private readonly process: ChildProcess;
  private failure: Error | undefined;

  constructor(
    private readonly program: string,
    parameters: string[],
    options: SpawnOptions = {},
  ) {
    this.process = spawn(program, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.process.on('error', (error) => (this.failure = error));
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Ends it as a loss of power would. */
  async kill(): Promise<void> {
    const closed = once(this.process, 'close');
    this.process.kill('SIGKILL');
    await closed;
  }

  private get running(): boolean {
    return !this.failure && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Waits for a line of the form `<label>: <value>`, and gives the value. */
  async printed(label: string): Promise<string> {
    const line = new RegExp(`^${label}: +(\\S+)\\r?\\n`, 'm');
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      const value = line.exec(this.output)?.[1];
      if (value) return value;
      if (!this.running || Date.now() > deadline) {
        throw new Error(`${this.program} did not print "${label}: …"\n${this.failure ?? ''}\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Asks it to end and tells how it did; one that does not listen is killed and an error. */
  async stop(): Promise<number | null> {
    if (this.running) {
      const closed = once(this.process, 'close');
      this.process.kill('SIGTERM');
      const patience = setTimeout(() => this.process.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await closed;
      clearTimeout(patience);
    }
    if (this.process.signalCode === 'SIGKILL') {
      throw new Error(`${this.program} did not stop within ${STOP_TIMEOUT_MS} ms\n${this.output}`);
    }
    return this.process.exitCode;
  }
}
