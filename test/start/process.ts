import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFolder } from '../../src/config/environment.service.ts';
import { schema } from '../../src/config/variables.ts';

/** A program of ours as somebody starts it. */
export class Started {
  readonly child: ChildProcess;
  readonly over: Promise<number | NodeJS.Signals>;
  output = '';

  private constructor(program: string, variables: Record<string, string>) {
    const unset = Object.keys(schema.shape);
    const inherited = Object.entries(process.env).filter(([name]) => !unset.includes(name) && !name.startsWith('npm_'));
    this.child = spawn(process.execPath, [program], {
      cwd: projectFolder,
      env: { ...Object.fromEntries(inherited), ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk) => (this.output += String(chunk)));
    this.over = new Promise((done) => this.child.once('close', (code, signal) => done(code ?? signal!)));
  }

  static main = (variables: Record<string, string>): Started => new Started('dist/src/main.js', variables);
  static worker = (variables: Record<string, string>): Started => new Started('dist/src/worker.js', variables);

  /** Until it has said this; throws when it ends before */
  async said(pattern: RegExp, within = 40_000): Promise<RegExpExecArray> {
    let ended = false;
    void this.over.then(() => (ended = true));
    for (const until = Date.now() + within; ; await sleep(20)) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (ended || Date.now() > until) throw new Error(`it never said ${pattern}:\n${this.output}`);
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return await this.over;
  }
}

/** A zombie, which a container without an init keeps, is dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = `/proc/${pid}/stat`;
  return !existsSync(state) || !/^\d+ \(.*\) Z/.test(readFileSync(state, 'utf8'));
}
