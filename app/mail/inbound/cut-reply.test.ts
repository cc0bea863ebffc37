import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutReply } from './cut-reply.ts'
import { replyLanguages } from './reply-languages.ts'

// How mail programs open a quote, by language; the second of each is wrapped or comes before the name.
const openings: Record<string, readonly string[]> = {
  en: [
    'On Sun, 22 Nov 2026 at 13:40, Foo Bar <foo@b.example> wrote:',
    'On Sun, Nov 22, 2026 at 1:40 PM Foo Bar with a long name via Caveat <\nfoo@b.example> wrote:',
    'Foo Bar <foo@b.example> wrote:',
  ],
  ja: [
    '2026年11月22日(日) 13:40 Foo <foo@b.example>:',
    '2026/11/22 13:40、Foo <foo@b.example>のメール:',
    '2026年11月22日(日) 13:40 Caveat 通知係\n<foo@b.example>:',
  ],
  de: [
    'Am So., 22. Nov. 2026 um 13:40 Uhr schrieb Foo Bar <foo@b.example>:',
    'Foo Bar <foo@b.example> schrieb am So., 22. Nov. 2026\num 13:40 Uhr:',
  ],
  fr: [
    'Le dim. 22 nov. 2026 à 13:40, Foo Bar <foo@b.example> a écrit :',
    'Le dim. 22 nov. 2026 à 13:40, Foo Bar au très long nom\n<foo@b.example> a écrit\u00A0:',
  ],
  es: [
    'El dom, 22 nov 2026 a las 13:40, Foo Bar (<foo@b.example>) escribió:',
    'El 22/11/2026 a las 13:40, Foo Bar de nombre largo\nescribió:',
  ],
  pt: [
    'Em dom., 22 de nov. de 2026 às 13:40, Foo Bar <foo@b.example>\nescreveu:',
    'Foo Bar <foo@b.example> escreveu no dia domingo, 22/11/2026 à(s) 13:40:',
  ],
  it: [
    'Il giorno dom 22 nov 2026 alle ore 13:40 Foo Bar <foo@b.example> ha scritto:',
    'Il 22/11/2026 13:40, Foo Bar dal nome lungo\nha scritto:',
  ],
  nl: [
    'Op zo 22 nov 2026 om 13:40 schreef Foo Bar <foo@b.example>:',
    'Foo Bar <foo@b.example> heeft op 22-11-2026 om 13:40 het volgende\ngeschreven:',
  ],
  pl: [
    'niedz., 22 lis 2026 o 13:40 Foo Bar <foo@b.example> napisał(a):',
    'W dniu 22.11.2026 o 13:40, Foo Bar\npisze lub napisał:',
  ],
  ru: [
    'вс, 22 нояб. 2026 г. в 13:40, Foo Bar <foo@b.example>:',
    '22.11.2026 13:40, Foo Bar пишет:',
    'Воскресенье, 22 ноября 2026, 13:40 +03:00 от Foo Bar <foo@b.example>:',
  ],
  zh: [
    'Foo Bar <foo@b.example> 于2026年11月22日周日 13:40写道：',
    '在 2026年11月22日，13:40，Foo Bar <foo@b.example> 写道：',
    'Foo Bar <foo@b.example> 於 2026年11月22日 週日 下午1:40寫道：',
  ],
  ko: [
    '2026년 11월 22일 (일) 오후 1:40, Foo Bar <foo@b.example>님이 작성:',
    '2026. 11. 22. 오후 1:40, Foo Bar <foo@b.example>님이\n작성:',
  ],
  sv: [
    'Den sön 22 nov. 2026 kl 13:40 skrev Foo Bar <foo@b.example>:',
    'Foo Bar <foo@b.example> skrev den sön 22 nov. 2026\nkl. 13:40:',
  ],
}
const blocks: Record<string, string> = {
  en: 'From: Foo Bar <foo@b.example>\nSent: Sunday, 22 November 2026 13:40\nTo: Kei\nSubject: Notice',
  ja: '差出人: Foo Bar <foo@b.example>\n送信日時: 2026年11月22日 13:40\n宛先: Kei\n件名: 通知',
  de: 'Von: Foo Bar <foo@b.example>\nGesendet: Sonntag, 22. November 2026 13:40\nAn: Kei\nBetreff: Hinweis',
  fr: 'De : Foo Bar <foo@b.example>\nEnvoyé : dimanche 22 novembre 2026 13:40\nÀ : Kei\nObjet : Avis',
  es: 'De: Foo Bar <foo@b.example>\nEnviado: domingo, 22 de noviembre de 2026 13:40\nPara: Kei\nAsunto: Aviso',
  pt: 'De: Foo Bar <foo@b.example>\nEnviado: domingo, 22 de novembro de 2026 13:40\nPara: Kei\nAssunto: Aviso',
  it: 'Da: Foo Bar <foo@b.example>\nInviato: domenica 22 novembre 2026 13:40\nA: Kei\nOggetto: Avviso',
  nl: 'Van: Foo Bar <foo@b.example>\nVerzonden: zondag 22 november 2026 13:40\nAan: Kei\nOnderwerp: Bericht',
  pl: 'Od: Foo Bar <foo@b.example>\nWysłano: niedziela, 22 listopada 2026 13:40\nDo: Kei\nTemat: Zawiadomienie',
  ru: 'От: Foo Bar <foo@b.example>\nОтправлено: 22 ноября 2026 г. 13:40\nКому: Kei\nТема: Уведомление',
  zh: '发件人: Foo Bar <foo@b.example>\n发送时间: 2026年11月22日 13:40\n收件人: Kei\n主题: 通知',
  ko: '보낸 사람: Foo Bar <foo@b.example>\n보낸 날짜: 2026년 11월 22일 13:40\n받는 사람: Kei\n제목: 통지',
  sv: 'Från: Foo Bar <foo@b.example>\nSkickat: den 22 november 2026 13:40\nTill: Kei\nÄmne: Meddelande',
}
const signatures: Record<string, string> = {
  en: 'Sent from my iPhone',
  ja: 'iPhoneから送信',
  de: 'Von meinem iPhone gesendet',
  fr: 'Envoyé de mon iPhone',
  es: 'Enviado desde mi iPhone',
  pt: 'Enviado do meu iPhone',
  it: 'Inviato da iPhone',
  nl: 'Verstuurd vanaf mijn iPhone',
  pl: 'Wysłane z iPhone\u2019a',
  ru: 'Отправлено с iPhone',
  zh: '从我的 iPhone 发送',
  ko: '나의 iPhone에서 보냄',
  sv: 'Skickat från min iPhone',
}
const languages = replyLanguages.map(({ language }) => language)
const answer = 'Yes, we agree.\n\nKei'

describe.each(languages)('%s', (language) => {
  test.each(openings[language] ?? [])('a marked quote goes with its opening: %s', (opening) => {
    const old = `${opening}\n\n> Do you agree?\n> Foo`
    expect(cutReply(`${answer}\n\n${old}\n`)).toEqual({ fresh: answer, quoted: old })
    expect(cutReply(`${old}\n\n${answer}\n`).fresh).toBe(answer)
  })

  test.each(openings[language] ?? [])('an unmarked quote goes with its opening: %s', (opening) => {
    expect(cutReply(`${answer}\n\n${opening}\n\nDo you agree?\nFoo`).fresh).toBe(answer)
  })

  test('a header block and all below it go', () => {
    const old = `${blocks[language]}\n\nDo you agree?`
    expect(cutReply(`${answer}\n\n${old}`)).toEqual({ fresh: answer, quoted: old })
    expect(cutReply(`${answer}\n\n________________________________\n${old}`).fresh).toBe(answer)
  })

  test.each(replyLanguages.find((one) => one.language === language)?.separators ?? [])('-----%s-----', (separator) => {
    expect(cutReply(`${answer}\n\n-----${separator}-----\nDo you agree?`).fresh).toBe(answer)
    expect(cutReply(`${answer}\n\n---------- ${separator} ---------\n${blocks[language]}\n\nAgree?`).fresh).toBe(answer)
  })

  test('what the phone adds goes', () => {
    const { fresh, quoted } = cutReply(`${answer}\n\n${signatures[language]}\n\n${openings[language]?.[0]}\n> Agree?`)
    expect(fresh).toBe(answer)
    expect(quoted).toContain(signatures[language])
  })
})

test('answers between the points stay with the points', () => {
  const text =
    'On 22 Nov 2026, at 13:40, Foo wrote:\n> Will you remove the works?\n\nYes.\n\n> Until when?\n\nBy Friday.\n\n> Thanks\n> Foo'
  expect(cutReply(text)).toEqual({
    fresh: '> Will you remove the works?\n\nYes.\n\n> Until when?\n\nBy Friday.',
    quoted: 'On 22 Nov 2026, at 13:40, Foo wrote:\n> Thanks\n> Foo',
  })
})

test.each([
  ['full-width marks', 'はい。\n\n＞同意しますか。\n＞', 'はい。'],
  ['a signature after two dashes', 'Yes.\n-- \nKei Ito\nVendor', 'Yes.'],
  ['a signature below the quote', 'Yes.\n\n> Agree?\n\n-- \nKei', 'Yes.'],
  [
    'a letter that speaks of a letter',
    'On 5 May your counsel wrote:\nwe refuse.\nWe do not.',
    'On 5 May your counsel wrote:\nwe refuse.\nWe do not.',
  ],
  ['a sentence with a colon', 'We have three conditions:\nfirst, time.', 'We have three conditions:\nfirst, time.'],
  ['one label', 'From: now on\nwe agree.', 'From: now on\nwe agree.'],
  [
    '"sent from" within a sentence',
    'The notice was sent from my office.\nSent from the desk of our counsel',
    'The notice was sent from my office.\nSent from the desk of our counsel',
  ],
  ['nothing but a quote', '> Agree?', '> Agree?'],
  ['nothing but what the phone adds', 'Sent from my iPhone', 'Sent from my iPhone'],
  [
    'a forwarded mail and nothing else',
    '---------- Forwarded message ---------\nFrom: Foo <f@b.example>\nDate: 22 Nov 2026\nSubject: S\nTo: Kei\n\nThe text.',
    'The text.',
  ],
  ['a rule between paragraphs', 'One.\n\n----------\n\nTwo.', 'One.\n\n----------\n\nTwo.'],
  ['nothing', '', ''],
])('%s', (_what, text, fresh) => {
  expect(cutReply(text).fresh).toBe(fresh)
})

const written = (text: string) =>
  text
    .split('\n')
    .filter((one) => one.trim() !== '')
    .map((one) => one.trimEnd())
    .toSorted()

test('no line is lost and none is made up', () => {
  const line = fc.constantFrom(
    'Yes.',
    '',
    '> Agree?',
    '>',
    '-- ',
    'Kei',
    'Sent from my iPhone',
    '-----Original Message-----',
    'From: Foo',
    'Sent: today',
    'To: Kei',
    'Subject: S',
    'On 22 Nov 2026 at 13:40, Foo',
    '<foo@b.example> wrote:',
    '＞同意',
    '__________',
    'a@b.example:',
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const { fresh, quoted } = cutReply(lines.join('\n'))
      expect(written(`${fresh}\n${quoted}`)).toEqual(written(lines.join('\n')))
      expect(fresh === '' && quoted !== '').toBe(false)
    }),
    { numRuns: 3_000 },
  )
})
