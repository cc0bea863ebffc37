import type { FailureReason } from './failure-reasons.ts'

/**
 * What servers write when they refuse, most telling first: the first row that fits is taken.
 *
 * Reasons about us (our name server, our sender, our text) stand before those about the recipient, because a server that
 * turns us away often adds "recipient rejected" or "user unknown" to it.
 */
export const failureWords: readonly { reason: FailureReason; from: string; words: readonly RegExp[] }[] = [
  {
    reason: 'unauthenticated',
    from: 'DMARC, SPF and DKIM verdicts: Google, Microsoft 365, Tencent, Zoho, Postfix policy servers',
    words: [
      /\bd(?:marc|kim)\b(?!=)/i,
      /\bspf\b.{0,60}(?:fail|check|not|reject|record)|(?:fail|not pass|violat).{0,40}\bspf\b/i,
      /unauthenticated (?:e-?mail|mail|message|sender)/i,
      /sender policy framework/i,
    ],
  },
  {
    reason: 'blocked',
    from: 'reverse DNS and block lists: MagicMail, Amazon, GoDaddy, Spamhaus users, sendmail access tables',
    words: [
      /\b(?:no ptr|ptr record|ptr lookup|r(?:everse )?dns)\b/i,
      /mismatches client ip|cannot find your (?:hostname|reverse)|unverifyable sending|without a valid sender domain/i,
      /spamhaus|barracudacentral|spamcop|sorbs|abuseat\.org|\brbl\b|\bdnsbl\b/i,
      /black-?list|block-?list|blocklisted/i,
      /\b(?:ip|client|host|address|server|connection)\b.{0,40}\b(?:blocked|banned|listed|refused due to)\b/i,
      /no access from mail server|open relay/i,
      /bad (?:ip )?reputation|poor reputation|\breputation\b/i,
    ],
  },
  {
    reason: 'spam',
    from: 'content filters: amavis, Barracuda, Exchange, orange.fr',
    words: [
      /unsolicited|\bube\b|\bspam\b(?!haus|cop)|junk mail/i,
      /(?:content|message|mail|e-mail) (?:was |has been )?(?:rejected|refused|blocked) (?:by|as|due to|for) .{0,40}(?:filter|content|spam|virus)/i,
      /content (?:was )?(?:rejected|refused)/i,
      /\bvirus\b|malware|phishing|suspicious (?:link|content|message)/i,
      /スパム|迷惑メール/,
    ],
  },
  {
    reason: 'sender-refused',
    from: 'servers that turn the sender away: sendmail, Postfix, Exim, Yahoo, Charter',
    words: [
      /sender (?:address )?(?:is )?(?:rejected|refused|denied|not accepted|verify failed)/i,
      /domain of sender|sender domain|(?:unroutable|unrouteable|invalid|unknown|bad) sender/i,
      /sender .{0,30}(?:does not exist|not found|unknown)/i,
      /\[mail_from\]/i,
    ],
  },
  {
    reason: 'mailbox-full',
    from: 'quotas: every system',
    words: [
      /mail ?box (?:is )?(?:currently )?(?:too )?full|mail ?box .{0,80}(?:over ?quota|is full|exceed|size limit)/i,
      /(?:over|out of|exceed(?:s|ed|ing)?)\s+(?:the |its |their |his |storage |disk |mailbox |maximum )*(?:quota|storage|size limit of the mailbox)/i,
      /quota (?:is |has been )?exceed|quota full|\bover ?quota\b|insufficient (?:system |disk )?(?:storage|space|quota)|not enough storage/i,
      /not enough space|no space left/i,
      /容量(?:を超|が一杯|がいっぱい|オーバー)|いっぱいのため/,
      /boîte .{0,30}pleine|postfach .{0,30}voll|buzón .{0,30}lleno|ящик .{0,30}переполнен|(?:邮|郵)箱.{0,10}(?:满|滿)/i,
    ],
  },
  {
    reason: 'too-large',
    from: 'size limits',
    words: [
      /(?:message|mail|e-mail|size|length) .{0,40}(?:exceeds?|too (?:large|big|long))/i,
      /too (?:large|big) (?:message|mail)|(?:message|mail|max\w*) (?:file )?size (?:limit|exceed)/i,
    ],
  },
  {
    reason: 'too-many',
    from: 'rates and numbers: Google, NTT docomo, Yahoo',
    words: [
      /too many (?:recipients|connections|messages|mails|errors|sessions|rcpts|hops)|too much mail/i,
      /rate (?:limit|control|that)|throttl|sending limit|receiving mail at a rate|sent too (?:many|fast)/i,
      /graylist|greylist|grey-list/i,
    ],
  },
  {
    reason: 'mailbox-disabled',
    from: 'accounts put to sleep: Google, i.ua, Yahoo',
    words: [
      /(?:account|mail ?box|user|recipient|address)\b.{0,60}\b(?:disabled|suspended|inactive|frozen|deactivated|blocked|locked|discontinued|not active|closed|expired)/i,
      /(?:disabled|suspended|inactive|frozen|deactivated|locked) (?:account|mail ?box|user|recipient|address)/i,
    ],
  },
  {
    reason: 'relay-denied',
    from: 'servers that do not serve the domain: Postfix, Amazon SES, sendmail',
    words: [
      /relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited)|(?:unable|not (?:permitted|allowed)|won't|cannot) (?:to )?relay/i,
      /address is not verified|(?:domain|not) (?:isn't|is not|in) .{0,30}(?:allowed )?rcpthosts/i,
    ],
  },
  {
    reason: 'policy',
    from: 'rules of the receiving house: Exchange, Yahoo, Verizon',
    words: [
      /for policy reasons|polic(?:y|ies) (?:violation|restriction|reject)|violat(?:es|ion|ed) .{0,40}polic/i,
      /authentication required|delivery to this address is restricted|not authori[sz]ed to send|access denied/i,
      /administrative(?:ly)? (?:prohibition|denied|reject)|addresses in from: header/i,
      /only accepts? (?:mail|messages) from|permission to send/i,
    ],
  },
  {
    reason: 'moved',
    from: 'RFC 5321 section 3.4 and mailboxes taken away',
    words: [
      /user (?:has )?moved|has (?:been )?moved to|recipient no longer (?:on|at|with)|no longer on server|moved permanently/i,
      /please (?:forward|try|use) <[^<>\s]+@[^<>\s]+> instead/i,
    ],
  },
  {
    reason: 'takes-no-mail',
    from: 'null MX (RFC 7505), no MX: OpenSMTPD, qmail',
    words: [
      /null ?mx|no mx (?:record )?(?:found|for|exists)|(?:no|find a) mail exchanger|(?:domain|host|server) (?:does not|doesn't|never) accepts? (?:any )?(?:e?-?mail)/i,
      /smtp protocol returned a permanent error.{0,40}not accept mail/i,
    ],
  },
  {
    reason: 'no-such-host',
    from: 'names that do not resolve: Exim, sendmail, Courier, Postfix',
    words: [
      /(?:host|domain)(?: name)? (?:is )?(?:unknown|not found|does not exist|doesn't exist|name not found|could not be found)/i,
      /unknown (?:host|domain|mail host)|no such (?:host|domain)|unrouteable (?:mail )?(?:domain|address)|nxdomain|non-?existent domain/i,
      /illegal host|bad destination host|unable to resolve|couldn't find any host named/i,
      /ドメイン.{0,10}(?:存在しません|見つかりません)/,
    ],
  },
  {
    reason: 'no-such-user',
    from: 'nobody there: every system, in the languages of Exchange and of the Japanese carriers',
    words: [
      /(?:user|recipient|mail ?box|account|address|alias|local part|addressee)(?: name| address)?(?: is| was| are)? (?:unknown|not (?:known|found|recogni[sz]ed|listed|exist|valid|local|in)|invalid|unavailable|nonexistent|undefined)/i,
      /(?:unknown|no such|invalid|non-?existent|illegal|bad|undefined|unrecogni[sz]ed|unknown or illegal) (?:\w+ ){0,2}(?:user|recipient|mail ?box|address|alias|account|addressee|local part|name here)/i,
      /(?:user|recipient|mail ?box|account|address|person)\b.{0,80}\b(?:does ?n[o']t|do not|did not|cannot be) (?:exist|found|have an?)|(?:does ?n[o']t|do not) (?:exist|have an? .{0,40}(?:account|mail ?box))/i,
      /user .{0,80}not listed in|recipnotfound|recipient ?not ?found|no mail ?box (?:here|by that name)|not a (?:valid|known) (?:user|mail ?box|recipient)|unknown to (?:this|the) system/i,
      /bad destination mailbox address|(?:was|were|could)(?: not|n't)(?: be)? found (?:in|at|on|by)/i,
      /no account by that name|unknown local[- ]part|not our customer|mailbox unavailable|user_unknown|no one by that name/i,
      /(?:アドレス|ユーザ|宛先|送信先).{0,30}(?:見つかりません|見つからない|存在しません|存在しない|不明)/,
      /adresse .{0,60}(?:introuvable|invalide|inconnue)|destinataire .{0,30}(?:inconnu|invalide|introuvable)/i,
      /(?:empfänger|benutzer|adresse|postfach|mailadresse).{0,60}(?:unbekannt|nicht gefunden|existiert nicht|nicht vorhanden|ungültig)/i,
      /(?:destinatari[oa]|indirizzo|utente|casella).{0,60}(?:sconosciut|inesistente|non trovat|non esiste)/i,
      /(?:destinatari[oa]|direcci[oó]n|usuario|buz[oó]n|usuário|endereço|utilizador).{0,60}(?:desconocid|desconhecid|no existe|não existe|no se encontr|não (?:foi )?encontrad|inválid)/i,
      /(?:получател|адрес|пользовател|ящик).{0,60}(?:не найден|не существует|неизвест)/i,
      /(?:收件人|用户|用戶|邮箱|郵箱|地址).{0,20}(?:不存在|未找到|无效|無效|找不到)/,
      /(?:수신자|사용자|주소|메일함).{0,30}(?:없습니다|존재하지|찾을 수 없)/,
    ],
  },
  {
    reason: 'expired',
    from: 'given up after many tries: all queues',
    words: [
      /(?:message|envelope|delivery time|queue|retry time(?:out)?).{0,30}(?:expired|exceeded)|could not be delivered for (?:too long|more than)|too long (?:on|in) (?:the )?queue/i,
      /unable to deliver .{0,20}after (?:multiple|several|\d+)|giving up|failed \d+ attempts|cannot send message for \d+/i,
      /still (?:being retried|undelivered)|delayed (?:for )?(?:more than )?\d+|has not yet been delivered/i,
    ],
  },
  {
    reason: 'network',
    from: 'no connection',
    words: [
      /connection (?:timed? ?out|refused|reset|lost|dropped|closed)|timed out|no route to host|network (?:is )?(?:error|unreachable)|host not reachable|socket error|could not connect|unable to connect|did not accept our requests to connect/i,
      /name service error|name server|temporary (?:dns|lookup|name)|dns (?:error|failure|lookup)/i,
    ],
  },
  {
    reason: 'system',
    from: 'faults of the receiving system',
    words: [
      /mailer error|(?:local|internal|system|server|configuration|temporary) (?:error|failure|problem)|service (?:currently |is )?(?:not available|unavailable)|command (?:died|failed)|generated by|too many clients|i\/o error/i,
      /no such file or directory|disk full|read-only file system/i,
    ],
  },
  {
    reason: 'protocol',
    from: 'the talk went wrong',
    words: [
      /(?:improper|bad) sequence|syntax error|command not (?:recogni[sz]ed|implemented)|protocol error|data format error/i,
    ],
  },
  {
    reason: 'no-such-user',
    from: 'refused without a reason: au, OCN; with one, an earlier row has fitted',
    words: [/address (?:was |has been )?rejected/i],
  },
]
