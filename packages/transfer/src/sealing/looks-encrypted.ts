/** Encrypted names have these letters and no others, and at least so many; few others do. */
export function looksEncrypted(name: string): boolean {
  return /^([a-z2-7]{27,}|[\u4e00-\u8dff]{50,})(\.zst)?(\.age)?$/.test(name);
}
