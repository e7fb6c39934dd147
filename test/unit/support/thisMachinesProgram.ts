import { platformOf } from '../../../src/node/daemon/platformOf.ts';
import { ProgramRunner } from '../../../src/node/daemon/programRunner.ts';
import { hostMachine } from '../../../src/node/hostMachine.ts';

/** Tailscale's program as the extension finds it on the machine of the test. */
export function thisMachinesProgram(): ProgramRunner {
  const machine = hostMachine();
  return new ProgramRunner({
    platform: () => platformOf(machine),
    configured: () => ({ socketPath: '', cliPath: '' }),
    source: () => undefined,
    machine,
  });
}
