import type { Diagnosis } from '../diagnosis.ts';
import { machineSteps } from './machineSteps.ts';
import { nameSteps } from './nameSteps.ts';
import { editorSteps, serverSteps } from './serverSteps.ts';
import type { Step } from './step.ts';
import { waySteps } from './waySteps.ts';

/** The ladder from this machine's daemon to what the editor holds, in its order, as far as a diagnosis has come. */
export function stepsOf(diagnosis: Diagnosis): readonly Step[] {
  const { tailnet, selection, looks } = diagnosis.evidence;
  // Without a tailnet there is no way to a host in it; an endpoint that the user entered needs none.
  const isReachable = tailnet.kind === 'running' || selection.tailnet === undefined;
  // Where the editor's call gets through, as by a proxy, nothing on the way speaks against the server.
  const isAnswered = looks.call?.kind === 'answered';
  const way = [...nameSteps(diagnosis), ...waySteps(diagnosis)].map((step): Step =>
    isAnswered && step.state === 'failed' ? { ...step, state: 'noted' } : step,
  );
  return [
    ...machineSteps(diagnosis),
    ...(isReachable ? [...way, ...serverSteps(diagnosis)] : []),
    ...editorSteps(diagnosis),
  ];
}
