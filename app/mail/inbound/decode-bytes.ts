/** Bytes of a report or of returned headers as text: UTF-8, or else one character a byte. At most 500 kB of them. */
export function decodedBytes(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 500_000)
  const text = new TextDecoder('utf-8').decode(head)
  const whole = text.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(head) : text
  return whole.replaceAll('\u0000', '')
}
