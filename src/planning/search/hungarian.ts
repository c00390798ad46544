/**
 * The cheapest assignment of every row to a column of its own (shortest augmenting paths with potentials, O(rows² × columns)).
 * @param cost by row, by column; columns ≥ rows; Infinity: not allowed
 * @returns column of each row; undefined: there is none
 */
export function cheapestAssignment(cost: readonly Float64Array[]): Int32Array | undefined {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  /** row (from 1) that has the column (from 1); 0: nobody */
  const holder = new Int32Array(columns + 1);
  const cameFrom = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    holder[0] = row;
    let at = 0;
    const least = new Float64Array(columns + 1).fill(Infinity);
    const done = new Uint8Array(columns + 1);
    do {
      done[at] = 1;
      const from = holder[at]!;
      let step = Infinity;
      let next = -1;
      for (let j = 1; j <= columns; j++) {
        if (done[j]) continue;
        const reduced = cost[from - 1]![j - 1]! - rowPrice[from]! - columnPrice[j]!;
        if (reduced < least[j]!) {
          least[j] = reduced;
          cameFrom[j] = at;
        }
        if (least[j]! < step) {
          step = least[j]!;
          next = j;
        }
      }
      if (next < 0) return undefined;
      for (let j = 0; j <= columns; j++)
        if (done[j]) {
          rowPrice[holder[j]!]! += step;
          columnPrice[j]! -= step;
        } else least[j]! -= step;
      at = next;
    } while (holder[at] !== 0);
    do {
      const before = cameFrom[at]!;
      holder[at] = holder[before]!;
      at = before;
    } while (at !== 0);
  }
  const result = new Int32Array(rows).fill(-1);
  for (let j = 1; j <= columns; j++) if (holder[j]! > 0) result[holder[j]! - 1] = j - 1;
  return result;
}
