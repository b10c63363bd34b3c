import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The service in a child process, which can be killed without warning and started again on the same data. */
export class KillableService {
  readonly #dataDir: string;
  readonly #port: number;
  #child: ChildProcess | undefined;

  constructor(dataDir: string, port: number) {
    this.#dataDir = dataDir;
    this.#port = port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Resolves when the service says that it is ready; fails when it ends before. */
  async start(): Promise<void> {
    const script = fileURLToPath(new URL('service.ts', import.meta.url));
    const child = spawn(process.execPath, [script, this.#dataDir, String(this.#port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const ready = (async () => {
      for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') return;
      throw new Error('the service ended before it was ready');
    })();
    await ready;
  }

  /** SIGKILL: no handler runs, nothing is flushed. Returns when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
