import { readFileSync } from 'node:fs';
import type { Control } from './labDescription.ts';

/**
 * A run's name, `clawql-h-PID-START`: the control's letter, the process that brought the lab up and when that process
 * started. So from any name that a killed run left it can be seen that its owner is gone, even if the pid is in use again.
 */
const pattern = /^clawql-[hm]-([0-9a-z]+)-([0-9a-z]+)(?=-|$)/;

export function newRun(control: Control): string {
  const start = startOf(process.pid) ?? 0;
  return `clawql-${control.charAt(0)}-${process.pid.toString(36)}-${start.toString(36)}`;
}

/** The run that a namespace or a folder of this name belongs to; undefined for names that are not ours. */
export function runOf(name: string): string | undefined {
  return pattern.exec(name)?.[0];
}

/** The process that owns a run, if it is alive. */
export function ownerOf(run: string): number | undefined {
  const [, pid = '', start = ''] = pattern.exec(run) ?? [];
  const owner = parseInt(pid, 36);
  return startOf(owner) === parseInt(start, 36) ? owner : undefined;
}

/** When a process started, in clock ticks since boot; undefined when there is none (proc_pid_stat(5), field 22). */
function startOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return undefined;
  }
}
