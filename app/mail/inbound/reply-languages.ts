/** How mail programs write around an answer in one language. All patterns are for one line or several joined by a space. */
export type ReplyLanguage = {
  language: string
  /** How the line before a quote begins, when it begins with the day. */
  begins: RegExp
  /** What that line says of the writer: "wrote". */
  wrote: RegExp
  /** The labels of the header block that Outlook and webmails put before a quote. */
  labels: Record<'from' | 'date' | 'to' | 'copy' | 'subject', readonly string[]>
  /** Words between dashes before a quoted or forwarded mail. */
  separators: readonly string[]
  /** Lines that phones and programs add by themselves. */
  signatures: readonly RegExp[]
}

/** English, Japanese and eleven more; the wording is that of Gmail, Outlook, Apple Mail, Thunderbird, Yahoo and GMX. */
export const replyLanguages: readonly ReplyLanguage[] = [
  {
    language: 'en',
    begins: /^(?:on|at|in a message dated)\b/i,
    wrote: /\b(?:wrote|writes|said)\b/i,
    labels: {
      from: ['From'],
      date: ['Sent', 'Date'],
      to: ['To'],
      copy: ['Cc', 'Bcc', 'Reply-To'],
      subject: ['Subject'],
    },
    separators: ['Original Message', 'Original Appointment', 'Forwarded message', 'Forwarded by', 'Reply message'],
    signatures: [
      /^[<(\s]*(?:sent|posted) (?:from|with|via|by|using) (?!way\b|the desk\b)(?:(?:my|a|an|the) )?[\w[(<].{0,80}$/i,
      /^from my \w+(?: \w+){0,3}$/i,
      /^\w+ from (?:mobile|my phone|phone)$/i,
      /^get \[?outlook for (?:ios|android).{0,80}$/i,
      /^(?:typed|written) on (?:my|a) (?:phone|mobile|tablet).{0,80}$/i,
    ],
  },
  {
    language: 'ja',
    begins: /^(?:on\b|\(?(?:\d{4}|令和\d+)[年/.-])/i,
    wrote: /(?:さん|様|氏)?(?:は|が)?(?:書きました|のメール|からのメール|のメッセージ|wrote)/,
    labels: {
      from: ['差出人', '送信者', '送信元', 'From'],
      date: ['送信日時', '日時', '日付', '送信日', 'Sent', 'Date'],
      to: ['宛先', '受信者', 'To'],
      copy: ['CC', 'Cc', 'ＣＣ'],
      subject: ['件名', 'Subject'],
    },
    separators: [
      '元のメッセージ',
      'オリジナルメッセージ',
      '転送されたメッセージ',
      '転送メッセージ',
      '転送',
      '元のメール',
    ],
    signatures: [
      /^(?:私の|わたしの)?.{0,30}(?:iPhone|iPad|スマートフォン|スマホ|携帯|Android|モバイル|Outlook).{0,20}(?:から|より)(?:の)?送信.{0,10}$/i,
    ],
  },
  {
    language: 'de',
    begins: /^am\b/i,
    wrote: /\b(?:schrieb|schreibt|hat .{0,40}geschrieben)\b/i,
    labels: {
      from: ['Von'],
      date: ['Gesendet', 'Datum'],
      to: ['An'],
      copy: ['Cc', 'Kopie'],
      subject: ['Betreff'],
    },
    separators: [
      'Ursprüngliche Nachricht',
      'Originalnachricht',
      'Original-Nachricht',
      'Weitergeleitete Nachricht',
      'Ursprünglicher Termin',
    ],
    signatures: [
      /^(?:von meinem|von mein|gesendet (?:von|mit|aus)|diese nachricht wurde (?:von|mit)).{0,100}$/i,
      /^holen sie sich outlook.{0,80}$/i,
    ],
  },
  {
    language: 'fr',
    begins: /^le\b/i,
    wrote: /\ba (?:écrit|ecrit)\b/i,
    labels: {
      from: ['De'],
      date: ['Envoyé', 'Date', 'Envoyé le'],
      to: ['À', 'A'],
      copy: ['Cc', 'Copie à'],
      subject: ['Objet'],
    },
    separators: ["Message d'origine", 'Message d’origine', 'Message original', 'Message transféré', 'Mail original'],
    signatures: [/^(?:envoyée? (?:depuis|de|à partir|avec|par)|télécharge[rz] outlook|obtenez outlook).{0,80}$/i],
  },
  {
    language: 'es',
    begins: /^(?:el|a las)\b/i,
    wrote: /\b(?:escribi[oó]|ha escrito)(?!\p{L})/iu,
    labels: {
      from: ['De'],
      date: ['Enviado', 'Fecha', 'Enviado el'],
      to: ['Para'],
      copy: ['CC', 'Cc'],
      subject: ['Asunto'],
    },
    separators: ['Mensaje original', 'Mensaje reenviado', 'Forwarded message'],
    signatures: [/^(?:enviado (?:desde|con|por)|obtener outlook).{0,80}$/i],
  },
  {
    language: 'pt',
    begins: /^(?:em|no dia|a)\b/i,
    wrote: /\bescreveu\b/i,
    labels: {
      from: ['De'],
      date: ['Enviado', 'Enviada em', 'Enviado em', 'Data'],
      to: ['Para'],
      copy: ['Cc', 'CC'],
      subject: ['Assunto'],
    },
    separators: ['Mensagem original', 'Mensagem encaminhada'],
    signatures: [/^(?:enviad[oa] (?:do|de|a partir|pelo|com|via)|obter o? ?outlook|obtenha o outlook).{0,80}$/i],
  },
  {
    language: 'it',
    begins: /^(?:il|in data)\b/i,
    wrote: /\b(?:ha scritto|scrisse|scrive)\b/i,
    labels: {
      from: ['Da'],
      date: ['Inviato', 'Data', 'Inviato il'],
      to: ['A'],
      copy: ['Cc', 'CC', 'Risposta'],
      subject: ['Oggetto'],
    },
    separators: ['Messaggio originale', 'Messaggio inoltrato', 'Messaggio Originale'],
    signatures: [/^(?:inviato (?:da|dal|dall'|con)|scarica outlook|ottieni outlook).{0,80}$/i],
  },
  {
    language: 'nl',
    begins: /^op\b/i,
    wrote: /\b(?:schreef|heeft .{0,60}geschreven)\b/i,
    labels: {
      from: ['Van'],
      date: ['Verzonden', 'Datum'],
      to: ['Aan'],
      copy: ['CC', 'Cc'],
      subject: ['Onderwerp'],
    },
    separators: ['Oorspronkelijk bericht', 'Doorgestuurd bericht', 'Origineel bericht'],
    signatures: [
      /^(?:verzonden (?:vanaf|met|via|vanuit)|verstuurd (?:vanaf|met|via)|outlook (?:voor|downloaden)).{0,80}$/i,
    ],
  },
  {
    language: 'pl',
    begins: /^(?:w dniu|dnia|(?:pon|wt|śr|czw|pt|sob|niedz|ndz)\.?,)/i,
    wrote: /napisał(?:a|\(a\))?/i,
    labels: {
      from: ['Od'],
      date: ['Wysłano', 'Data', 'Wysłane'],
      to: ['Do'],
      copy: ['DW', 'Kopia', 'Cc'],
      subject: ['Temat'],
    },
    separators: [
      'Wiadomość oryginalna',
      'Oryginalna wiadomość',
      'Wiadomość przekazana',
      'Treść przekazanej wiadomości',
    ],
    signatures: [/^(?:wysłan[eoy] (?:z|przy|za)|pobierz (?:program )?outlook).{0,80}$/i],
  },
  {
    language: 'ru',
    begins:
      /^(?:(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)[.,]|\d{1,2}[ .])/i,
    wrote: /(?:написала?(?:\(а\))?|пишет|писала?|\sот\s)/i,
    labels: {
      from: ['От', 'От кого'],
      date: ['Отправлено', 'Дата'],
      to: ['Кому'],
      copy: ['Копия'],
      subject: ['Тема'],
    },
    separators: ['Исходное сообщение', 'Пересылаемое сообщение', 'Оригинальное сообщение', 'Пересланное сообщение'],
    signatures: [/^(?:отправлено (?:с|из|через|от)|скачать outlook).{0,80}$/i],
  },
  {
    language: 'zh',
    begins: /^(?:在|于|於|\d{4}[年/-])/,
    wrote: /(?:写道|寫道|编写|来信|來信)/,
    labels: {
      from: ['发件人', '寄件者', '寄件人', '發件人'],
      date: ['发送时间', '发送日期', '日期', '時間', '時間', '傳送時間', '寄件日期', '时间'],
      to: ['收件人', '收件者'],
      copy: ['抄送', '副本'],
      subject: ['主题', '主旨', '主題'],
    },
    separators: ['原始邮件', '原始郵件', '原邮件', '转发的消息', '转发邮件', '轉寄的郵件', '已转发邮件'],
    signatures: [
      /^(?:发自|發自|从我的|從我的|傳送自|来自).{0,60}(?:iPhone|iPad|手机|手機|邮箱|郵箱|傳送|发送|Outlook|大师).{0,20}$/i,
    ],
  },
  {
    language: 'ko',
    begins: /^\d{4}(?:년|[-./])/,
    wrote: /(?:님이 (?:작성|씀|쓴)|작성:|작성했습니다|썼습니다|님의 (?:말|글)|님이 보낸)/,
    labels: {
      from: ['보낸 사람', '보낸사람', '발신'],
      date: ['보낸 날짜', '보낸날짜', '날짜', '보낸 시간', '전송'],
      to: ['받는 사람', '받는사람', '수신'],
      copy: ['참조'],
      subject: ['제목'],
    },
    separators: ['원본 메시지', '원본 메일', '전달된 메시지', '전달된 메일', 'Original Message'],
    signatures: [/^(?:나의|내) .{0,30}에서 보냄.{0,10}$/, /^.{0,40}(?:에서 (?:보냄|보낸 메일|전송))\.?$/],
  },
  {
    language: 'sv',
    begins: /^(?:den|on|mån|tis|ons|tors|fre|lör|sön)\b/i,
    wrote: /\b(?:skrev|skriver)\b/i,
    labels: {
      from: ['Från'],
      date: ['Skickat', 'Datum'],
      to: ['Till'],
      copy: ['Kopia', 'Cc'],
      subject: ['Ämne'],
    },
    separators: ['Originalmeddelande', 'Ursprungligt meddelande', 'Vidarebefordrat meddelande', 'Vidarebefordrat brev'],
    signatures: [/^(?:skickat (?:från|med|via)|hämta outlook).{0,80}$/i],
  },
]
