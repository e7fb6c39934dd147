import type { DemoTailnet } from '../../test/support/demo/demoTailnet.ts';

/** The host whose coming and going is shown. */
export const toggledHost = 'clawql-1';

/** Each line that is typed takes the host off the tailnet, or brings it back, and says so. Needs a terminal. */
export function toggleHostOnEnter(demo: DemoTailnet, terminal: NodeJS.ReadStream, say: (line: string) => void): void {
  let isThere = true;
  terminal.on('data', () => {
    isThere = !isThere;
    if (isThere) demo.comeBack(toggledHost);
    else demo.goOffline(toggledHost);
    say(`${toggledHost} is ${isThere ? 'back on' : 'off'} the tailnet.`);
  });
}
