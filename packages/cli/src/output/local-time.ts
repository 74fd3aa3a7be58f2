/** A time of Box's in this machine's time zone, to the minute. */
export function localTime(time: string | null | undefined): string {
  const date = time ? new Date(time) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) return '-'.padEnd(16);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
