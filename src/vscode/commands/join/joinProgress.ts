import type { JoinOutcome } from '../../../core/tailnet/join/joinOutcome.ts';
import type { LoginPage } from '../../../core/tailnet/join/loginPage.ts';
import { placeOf } from '../../../core/views/join/placeOf.ts';
import type { JoinRequest } from '../../../services/tailnet/tailnetJoin.ts';
import type { TailnetServices } from '../../../services/tailnetServices.ts';
import { cancellable } from '../../cancellable.ts';
import { openLoginPage } from './openLoginPage.ts';

/** Logs in, with progress and a way to cancel; resolves when the login is there, or taken back. */
export async function showJoinProgress(
  request: JoinRequest,
  { join, loginServers }: Pick<TailnetServices, 'join' | 'loginServers'>,
): Promise<JoinOutcome> {
  const { server } = request;
  return cancellable(`ClawQL: logging this machine in at ${placeOf(server)}`, async (signal, progress, stop) => {
    signal.addEventListener('abort', () => progress.report({ message: 'taking it back…' }));
    const outcome = await join.join(
      request,
      (page) => {
        void loginServers.noteAnswer(server);
        progress.report({ message: waitingFor(page) });
        void openLoginPage(page, stop);
      },
      signal,
    );
    if (['joined', 'needs-approval', 'refused'].includes(outcome.end.kind)) await loginServers.noteAnswer(server);
    return outcome;
  });
}

function waitingFor({ host, isExpected }: LoginPage): string {
  const where = isExpected ? 'in the browser' : `at ${host}`;
  return `waiting for you ${where}. "ClawQL: Join a Tailnet…" opens the page again.`;
}
