/**
 * How out-of-office notices begin, by language, for those that come without the headers of RFC 3834.
 *
 * Subjects are the prefixes of Outlook, Exchange, Gmail, Thunderbird, Lotus Notes, Cybozu and their translations; texts are
 * sentences only a notice begins with. A mere "I was away last week" is not among them.
 */
export const absences: readonly { language: string; subjects: RegExp; texts: RegExp }[] = [
  {
    language: 'en',
    subjects:
      /^(?:auto(?:matic|mated)?[ -]?(?:re(?:ply|sponse))|out of (?:the )?office|vacation (?:reply|response|notice)|away from (?:the )?office|on (?:annual |parental |maternity )?leave|ooo)\b\s*(?:[:\-–(]|$|re\b)/i,
    texts:
      /\b(?:i am|i'm|i will be) (?:currently )?(?:out of (?:the )?office|away from (?:the|my) (?:office|desk)|on (?:annual |parental |maternity |sick )?leave|on vacation|on holiday)|this is an auto(?:matic|mated)(?:ally generated)? (?:reply|response)/i,
  },
  {
    language: 'ja',
    subjects:
      /^(?:自動(?:応答|返信|回答)|不在(?:通知|応答|メッセージ|の(?:お知らせ|ご連絡|連絡))|休暇(?:中|のお知らせ)|【(?:自動(?:応答|返信|送信|配信)|不在)[^】]*】)/,
    texts:
      /(?:自動(?:返信|応答|送信|配信)(?:メール|メッセージ|で|され|により)|(?:現在|ただいま|只今|本日|下記の?期間).{0,40}(?:不在|休暇|外出|出張|休業)|不在にしており)/,
  },
  {
    language: 'de',
    subjects:
      /^(?:automatische (?:antwort|rückantwort)|abwesenheits(?:notiz|nachricht|benachrichtigung|meldung)|abwesend|nicht im büro)\b/i,
    texts:
      /ich bin (?:derzeit |zurzeit |momentan |bis |ab |vom )?.{0,40}(?:nicht im (?:büro|haus)|abwesend|im urlaub|außer haus)|dies ist eine automati(?:sche|sch erzeugte|sch generierte) (?:antwort|nachricht)/i,
  },
  {
    language: 'fr',
    subjects:
      /^(?:réponse automatique|absence du bureau|absent(?:e)? du bureau|message d['’]absence|notification d['’]absence)/i,
    texts:
      /je (?:suis|serai) (?:actuellement )?(?:absente?|en congés?|en vacances|hors du bureau)|ceci est une réponse automatique/i,
  },
  {
    language: 'es',
    subjects: /^(?:respuesta automática|fuera de (?:la )?oficina|ausencia|ausente)\b/i,
    texts:
      /(?:estoy|estaré|me encuentro) (?:actualmente )?(?:fuera de (?:la )?oficina|de vacaciones|ausente)|est[ea] es una? (?:respuesta|mensaje) automátic/i,
  },
  {
    language: 'pt',
    subjects: /^(?:resposta automática|fora do escritório|ausência|ausente)/i,
    texts:
      /(?:estou|estarei|encontro-me) (?:atualmente )?(?:fora do escritório|de férias|em férias|ausente)|esta é uma (?:resposta|mensagem) automática/i,
  },
  {
    language: 'it',
    subjects: /^(?:risposta automatica|fuori sede|fuori ufficio|assenza)/i,
    texts:
      /(?:sono|sarò) (?:attualmente )?(?:fuori (?:sede|ufficio)|in ferie|assente)|questa è una risposta automatica/i,
  },
  {
    language: 'nl',
    subjects: /^(?:automatisch antwoord|afwezig(?:heid)?|niet op kantoor)/i,
    texts:
      /ik ben (?:momenteel |op dit moment )?(?:afwezig|niet op kantoor|met vakantie|op vakantie)|dit is een automatisch/i,
  },
  {
    language: 'pl',
    subjects: /^(?:odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|poza biurem|nieobecność)/i,
    texts:
      /(?:jestem|będę) (?:obecnie )?(?:poza biurem|nieobecn[ya]|na urlopie)|to jest (?:wiadomość automatyczna|automatyczna)/i,
  },
  {
    language: 'ru',
    subjects: /^(?:автоматический ответ|автоответ|нет на месте|вне офиса|отсутствие)/i,
    texts: /я (?:сейчас |буду )?(?:нахожусь )?(?:в отпуске|вне офиса|отсутствую|не в офисе)|это автоматический ответ/i,
  },
  {
    language: 'sv',
    subjects: /^(?:autosvar|automatiskt svar|frånvaro(?:meddelande)?|ej på kontoret|inte på kontoret)/i,
    texts:
      /jag är (?:för närvarande |just nu )?(?:inte på kontoret|på semester|borta|frånvarande|tjänstledig)|detta är ett automatiskt/i,
  },
  {
    language: 'zh',
    subjects: /^(?:自动(?:回复|答复)|自動(?:回覆|回復|答覆)|外出|不在办公室|休假)/,
    texts:
      /(?:这是|此为|這是|此為).{0,10}(?:自动回复|自動回覆|自动答复)|我(?:目前|现在|現在)?.{0,20}(?:不在办公室|不在辦公室|休假|出差|外出)/,
  },
  {
    language: 'ko',
    subjects: /^(?:자동 ?(?:회신|응답|답장)|부재 ?중|휴가|외출)/,
    texts: /(?:자동 ?(?:회신|응답|답장|발송).{0,10}(?:입니다|메일|메시지)|(?:현재|지금).{0,30}(?:부재|휴가|출장) ?중)/,
  },
]
