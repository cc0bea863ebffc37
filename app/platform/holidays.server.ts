import Holidays from 'date-holidays'
import { Temporal } from 'temporal-polyfill'

/** The working days of a place, in the shape that clocks take. */
export interface PlaceCalendar {
  readonly country: string
  readonly region?: string | undefined
  readonly timeZone: string
  readonly weekend: readonly number[]
  readonly holidayOn: (day: string) => HolidayNames | undefined
}

/** A holiday in English, in the country's own language where that differs, and in Japanese where the library knows it. */
export interface HolidayNames {
  readonly name: string
  readonly nameOther?: string
  readonly nameJa?: string
}

// TypeScript does not know it yet; Node has it since version 18.
declare global {
  namespace Intl {
    interface Locale {
      getWeekInfo: () => { readonly weekend: readonly number[] }
    }
  }
}

type Names = ReadonlyMap<string, HolidayNames>

const years = new Map<string, Names>()
const libraries = new Map<string, Holidays>()
// The library builds these lists anew on every call, and every mail and every clock asks for them.
const states = new Map<string, Readonly<Record<string, string>>>()
let countries: Readonly<Record<string, string>> | undefined

/**
 * The public holidays and the weekend of a country and region; bank, school and optional days count as working days.
 *
 * @param place.country ISO 3166-1, two letters, any case
 * @param place.region the part after the hyphen of ISO 3166-2; one the library does not know counts as the country alone
 * @throws RangeError if the country is not known
 */
export function calendarOf(place: {
  readonly country: string
  readonly region?: string | null | undefined
  readonly timeZone: string
}): PlaceCalendar {
  const country = place.country.toUpperCase()
  const region = knownRegion(country, place.region ?? undefined)
  return {
    country,
    region,
    timeZone: place.timeZone,
    weekend: weekendOf(country),
    holidayOn: (day) => holidaysOf(country, region, Number(day.slice(0, 4))).get(day),
  }
}

/** Whether the library knows a country's holidays: asked before a contact's country is accepted. */
export function knowsCountry(country: string): boolean {
  countries ??= new Holidays().getCountries()
  return Object.hasOwn(countries, country.toUpperCase())
}

function knownRegion(country: string, region: string | undefined): string | undefined {
  if (region === undefined || region === '') return undefined
  const wanted = region.toUpperCase()
  const known = states.get(country) ?? new Holidays().getStates(country) ?? {}
  states.set(country, known)
  return Object.hasOwn(known, wanted) ? wanted : undefined
}

// CLDR knows where the weekend is Friday and Saturday.
function weekendOf(country: string): readonly number[] {
  return new Intl.Locale(`und-${country}`).getWeekInfo().weekend
}

// Once asked in a language a library answers in it where it knows no better: Japanese has libraries of its own.
function libraryOf(country: string, region: string | undefined, use: 'own' | 'japanese'): Holidays {
  const key = `${country}-${region ?? ''}-${use}`
  const known = libraries.get(key)
  if (known) return known
  if (!knowsCountry(country)) throw new RangeError(`No holidays are known for the country ${country}`)
  const made =
    region === undefined
      ? new Holidays(country, { types: ['public'] })
      : new Holidays(country, region, { types: ['public'] })
  libraries.set(key, made)
  return made
}

function holidaysOf(country: string, region: string | undefined, year: number): Names {
  const key = `${country}-${region ?? ''}-${year}`
  const known = years.get(key)
  if (known) return known
  const library = libraryOf(country, region, 'own')
  // Asked in one language the library goes on in it: each is named every time.
  const language = library.getLanguages()[0] ?? 'en'
  const days = new Map<string, HolidayNames>()
  // A holiday that begins in the last days of a year is listed under that year.
  for (const listed of [year - 1, year]) {
    const english = namedIn(library.getHolidays(listed, 'en'))
    // The library calls Japanese by the code of the country.
    const japanese = namedIn(libraryOf(country, region, 'japanese').getHolidays(listed, 'jp'))
    for (const { date, start, end, rule, name: nameOther } of library.getHolidays(listed, language)) {
      const name = english.get(`${date} ${rule}`) ?? nameOther
      for (const day of daysOf(date, end.getTime() - start.getTime()))
        if (!days.has(day)) days.set(day, namesOf({ name, nameOther, nameJa: japanese.get(`${date} ${rule}`) }))
    }
  }
  years.set(key, days)
  return days
}

function namedIn(holidays: ReturnType<Holidays['getHolidays']>): ReadonlyMap<string, string> {
  return new Map(holidays.map(({ date, rule, name }) => [`${date} ${rule}`, name]))
}

function namesOf({
  name,
  nameOther,
  nameJa,
}: {
  name: string
  nameOther: string
  nameJa: string | undefined
}): HolidayNames {
  const own = name === nameOther ? { name } : { name, nameOther }
  // What the library does not know in Japanese it gives in the country's language, at times with a Japanese addition.
  const [stem = nameOther] = nameOther.split(' (')
  const known = nameJa !== undefined && /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー・（）() ]+$/u.test(nameJa)
  return known && !nameJa.startsWith(stem) ? { ...own, nameJa } : own
}

// A feast may begin at dusk and last several days: it takes the days whose noon it covers.
function daysOf(localStart: string, lengthMs: number): readonly string[] {
  const start = Temporal.PlainDateTime.from(localStart.slice(0, 19).replace(' ', 'T'))
  const end = start.add({ milliseconds: lengthMs })
  const days: string[] = []
  for (let day = start.toPlainDate(); Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 })) {
    const noon = day.toPlainDateTime('12:00')
    if (Temporal.PlainDateTime.compare(noon, start) >= 0 && Temporal.PlainDateTime.compare(noon, end) < 0)
      days.push(day.toString())
  }
  return days
}
