/** A line into the output of the run: what was seen, where nothing is asserted of it. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
