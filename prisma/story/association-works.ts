/** Works of the association's members, invented like the members; DOIs of the prefix that is kept for examples (10.5555). */
const works = [
  ['A001', '風見鶏の島', 'Island of the weathercock', 2014, ['games', 'publishing']],
  ['A002', '風見鶏の島2', 'Island of the weathercock 2', 2018, ['games']],
  ['A003', '夜汽車の図書館', 'The night train library', 2016, ['publishing', 'music']],
  ['A004', '水たまりの宇宙', 'A universe in a puddle', 2019, ['publishing']],
  ['A005', '灯台守の手紙', 'Letters of a lighthouse keeper', 2021, ['publishing', 'theatre']],
  ['A006', '雪代の歌', 'Song of the melting snow', 2012, ['music']],
  ['A007', '雪代の歌 管弦楽版', 'Song of the melting snow, for orchestra', 2015, ['music', 'theatre']],
  ['A008', '紙の城', 'Paper castle', 2020, ['games']],
  ['A009', '月曜日の魚', 'Fish of Monday', 2022, ['games', 'music']],
  ['A010', '灯りの劇場', 'Theatre of lights', 2017, ['theatre']],
  ['A011', '遠い国の時計', 'Clock of a far country', 2023, ['publishing']],
  ['A012', '七つの橋', 'Seven bridges', 2011, ['games', 'publishing', 'music']],
] as const

/** A member whose works stand above. */
export type SmallMember = (typeof works)[number][4][number]

/** The works of one member as a file to import; works of several members have the same DOI in each. */
export function worksFileOf(member: SmallMember): string {
  const rows = works.filter(([, , , , members]) => members.some((each) => each === member))
  const lines = rows.map(([id, ja, en, year]) => `${member}-${id},${ja},"${en}",${year},10.5555/caveat-demo.${id}`)
  return ['id,title_ja,title_en,release_date,doi', ...lines, ''].join('\n')
}
