/** A moment, given in epoch milliseconds, as the user's clock shows it; with its date where that is not today's. */
export function timeText(at: number): string {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday ? moment.toLocaleTimeString() : moment.toLocaleString();
}
