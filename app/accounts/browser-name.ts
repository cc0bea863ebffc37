// The order matters: every browser also claims to be those below it.
const browsers = [
  [/\bEdgA?\/\d/, 'Edge'],
  [/\bOPR\/\d/, 'Opera'],
  [/\bFirefox\/\d|\bFxiOS\/\d/, 'Firefox'],
  [/Chrome\/\d|\bCriOS\/\d/, 'Chrome'],
  [/\bSafari\/\d/, 'Safari'],
] as const
const systems = [
  [/\biPhone|\biPad/, 'iOS'],
  [/\bAndroid/, 'Android'],
  [/\bWindows/, 'Windows'],
  [/\bMac OS X/, 'macOS'],
  [/\bLinux/, 'Linux'],
] as const

/** A browser by the name its user knows, like `Firefox, Windows`, or undefined. */
export function browserName(userAgent: string | null): string | undefined {
  const named = [browsers, systems].map((list) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1])
  const words = named.filter((name) => name !== undefined)
  return words.length === 0 ? undefined : words.join(', ')
}
