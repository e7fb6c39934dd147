/**
 * How many characters have to be put in, left out or replaced to make one text of the other (Levenshtein); undefined beyond `limit`. Cheap
 * for texts of very different lengths, and for names of one domain, whose common end is passed over.
 */
export function editDistance(one: string, other: string, limit: number): number | undefined {
  if (Math.abs(one.length - other.length) > limit) return undefined;
  let end = 0;
  while (end < one.length && end < other.length && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one.slice(0, one.length - end), other.slice(0, other.length - end)];
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let line = 1; line <= left.length; line++) {
    let diagonal = line - 1;
    let before = line;
    const next = [line];
    for (let column = 1; column <= right.length; column++) {
      const above = row[column] ?? 0;
      before = Math.min(above + 1, before + 1, diagonal + (left[line - 1] === right[column - 1] ? 0 : 1));
      diagonal = above;
      next.push(before);
    }
    if (Math.min(...next) > limit) return undefined;
    row = next;
  }
  const distance = row[right.length] ?? 0;
  return distance > limit ? undefined : distance;
}
