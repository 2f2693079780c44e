/** Removes one element in place, keeping the order of the rest; `splice` would make an array of what it removed. */
export function removeAt<T>(list: T[], at: number): void {
  for (let i = at + 1; i < list.length; i++) list[i - 1] = list[i] as T;
  list.pop();
}
