import { compact } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

// ISO 3166-1 alpha-2, 2024.
const countries =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
// Issued beside the country codes when a country's own ran out; ZZ is the international agency's.
const extra = 'QM QN QT QZ KS ZZ'
const known = new Set(`${countries} ${extra}`.split(' '))

/**
 * ISRC; the normal form is 12 capitals and digits. It has no check character, so the shape and the country decide.
 *
 * @see ISO 3901:2019
 */
export function checkIsrc(raw: string): Verdict {
  const text = compact(raw).replace(/^ISRC:?(?=.{12}$)/u, '')
  if (text === '') return invalid('empty')
  if (text.length !== 12) return invalid('length')
  if (!/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/u.test(text)) return invalid('characters')
  return known.has(text.slice(0, 2)) ? valid(text) : invalid('country')
}
