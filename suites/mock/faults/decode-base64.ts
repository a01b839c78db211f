/** Reads base64 and base64url, and takes what it can of a text that is neither: in a browser too, which has no Buffer. */
export function decodeBase64(text: string): string {
  const plain = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replaceAll(/[^A-Za-z0-9+/]/g, '');
  // A single character at the end holds no whole byte.
  return atob(plain.length % 4 === 1 ? plain.slice(0, -1) : plain);
}
